export { startEmulator } from "./emulator.ts";
export type { Emulator, EmulatorOptions, RequestLog } from "./contract.ts";
export type { Fault, ConnectionFault, InjectedFault } from "./faults/fault.ts";
export { namedFaults } from "./faults/names.ts";
export type { Api, Conventions, WindowConvention } from "./http/request.ts";
export type { IdTokenOptions } from "./data/id-token-options.ts";
export type { Dialect } from "./http/problem.ts";
export { parseData } from "./data/data-file.ts";
export { generateData, type SampleOptions } from "./sample/generate.ts";
export { sample } from "./sample/names.ts";
export type {
  AccessKey,
  Account,
  Agency,
  AuditLog,
  Cluster,
  ClusterInfo,
  Container,
  Dump,
  EmulatorData,
  FixedToken,
  Generated,
  IdentityProvider,
  Instance,
  InstanceInfo,
  Metadata,
  ParameterChange,
  Permission,
  Project,
  RecordList,
  User,
} from "./data/data.ts";
