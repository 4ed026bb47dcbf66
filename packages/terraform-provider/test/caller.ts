import * as core from "@auditgate/core";
import { sample, type Emulator } from "@auditgate/emulator";
import { objectType, type Schema } from "../src/schema/attribute.ts";
import { decodeValue, encodeValue } from "../src/protocol/dynamic-value.ts";
import { type Diagnostic, type Deferred, ProviderDefinition } from "../src/protocol/gen/tfplugin6.ts";
import { providerRoutes } from "../src/provider/provider.ts";
import { createRedaction } from "@auditgate/core/texts";
import { providerSchema } from "../src/schema.ts";
import { isObject, type ObjectValue } from "../src/schema/value.ts";

const { methods } = ProviderDefinition;
type Name = keyof typeof methods;
type Request<N extends Name> = ReturnType<(typeof methods)[N]["requestType"]["decode"]>;
type Response<N extends Name> = ReturnType<(typeof methods)[N]["responseType"]["decode"]>;

/** A provider that is called as an engine calls it, in bytes. */
export interface Caller {
  call<N extends Name>(name: N, request: Request<N>): Promise<Response<N>>;
  /** @throws {Error} where this is answered with diagnostics. */
  configure(config: ObjectValue): Promise<void>;
  read(typeName: string, config: ObjectValue): Promise<Read>;
  /** How often the part that reads was loaded. */
  loads(): number;
}

interface Read {
  readonly state: ObjectValue | undefined;
  readonly diagnostics: readonly Diagnostic[] | undefined;
  readonly deferred: Deferred | undefined;
}

export function createCaller(loadCore: () => Promise<typeof core> = () => Promise.resolve(core)): Caller {
  let loads = 0;
  const counted = () => {
    loads++;
    return loadCore();
  };
  const routes = providerRoutes({
    schema: providerSchema,
    loadCore: counted,
    log: () => undefined,
    redaction: createRedaction("(sensitive)"),
  });
  const call: Caller["call"] = async (name, request) => {
    const { name: method, requestType, responseType } = methods[name];
    const route = routes.get(`/tfplugin6.Provider/${method}`);
    if (typeof route !== "function") throw new Error(`no route for ${name}`);
    const bytes = requestType.encode(request as never).finish();
    return responseType.decode(await route(bytes, { signal: new AbortController().signal })) as Response<
      typeof name
    >;
  };
  return {
    call,
    loads: () => loads,
    async configure(config) {
      const request = { terraformVersion: "1.11.4", config: toMessage(providerSchema.provider, config) };
      const { diagnostics } = await call("configureProvider", request);
      if (diagnostics?.length !== 0) throw new Error(JSON.stringify(diagnostics));
    },
    async read(typeName, config) {
      const schema = readerSchema(typeName);
      const { state, diagnostics, deferred } = await call("readDataSource", {
        typeName,
        config: toMessage(schema, config),
      });
      return { state: state && fromMessage(schema, state.msgpack), diagnostics, deferred };
    },
  };
}

export function toMessage({ attributes }: Schema, config: ObjectValue) {
  return { msgpack: Buffer.from(encodeValue(config, objectType(attributes))), json: Buffer.alloc(0) };
}

export function fromMessage({ attributes }: Schema, msgpack: Buffer | undefined): ObjectValue {
  const decoded = decodeValue(msgpack ?? Buffer.of(), objectType(attributes));
  if (!isObject(decoded)) throw new Error("not an object");
  return decoded;
}

/** Schema of a data source, and of the ephemeral resource of the same name. */
export function readerSchema(typeName: string): Schema {
  const schema = providerSchema.dataSources[typeName];
  if (!schema) throw new Error(`no ${typeName}`);
  return schema;
}

/** A configuration for the emulator. */
export function settingsFor({ url }: Emulator): ObjectValue {
  return {
    region: sample.region,
    project_id: sample.project.id,
    access_key: sample.auditor.accessKey,
    secret_key: sample.auditor.secretKey,
    endpoints: { dws: url, dds: url, iam: url },
  };
}

export const DUMPS = "auditgate_dws_audit_dump_records";
export const CHANGES = "auditgate_dws_parameter_modification_records";
export const LOGS = "auditgate_dds_audit_logs";
export const CLUSTERS = "auditgate_dws_clusters";
export const INSTANCES = "auditgate_dds_instances";
