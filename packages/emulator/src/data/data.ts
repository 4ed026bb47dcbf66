import type { AuditLog, Dump, ParameterChange, RecordList } from "./records.ts";

export type { AuditLog, Dump, Generated, ParameterChange, RecordList } from "./records.ts";

/**
 * What the emulator knows: plain data, the same shape as the JSON file of `--data` and of `GET /_emulator/data`.
 * Keys of our own are camelCase; audit records are kept exactly as the vendor answers them, in snake_case.
 */
export interface EmulatorData {
  /** Region that `emulator.env` and the metadata service name. */
  region: string;
  /** How DWS says that a cluster does not exist; the other two are disguises seen in the wild. Default `DWS.3027`. */
  notFound?: "DWS.3027" | "DWS.0047" | "DWS.0015";
  /** Cloud accounts, with who may sign in. */
  accounts: Account[];
  /** Projects of all accounts. */
  projects: Project[];
  /** DWS clusters of all projects. */
  clusters: Cluster[];
  /** DDS instances of all projects. */
  instances: Instance[];
  /** What the machine itself signs in with. Default: nothing. */
  metadata?: Metadata;
  /** What a container signs in with. Default: nothing. */
  container?: Container;
}

/** A cloud account, which IAM calls a domain. Accounts never see each other's projects, except through an agency. */
export interface Account {
  /** ID of the account (domain). */
  id: string;
  /** Name of the account (domain). */
  name: string;
  /** Who may sign in with a password, key or token. */
  users: User[];
  /** Roles that users of other accounts may assume. Default: none. */
  agencies?: Agency[];
  /** Whose tokens IAM exchanges for its own. Default: none. */
  identityProviders?: IdentityProvider[];
}

/** An IAM user. */
export interface User {
  /** ID of the user. */
  id: string;
  /** Name that signs in, together with the account. */
  name: string;
  /** Without one, the user cannot sign in by password. */
  password?: string;
  /** Six digits. If set, the password alone is not enough: the method `totp` has to be added. */
  passcode?: string;
  /** Keys that sign requests. Default: none. */
  accessKeys?: AccessKey[];
  /** Ready-made tokens, valid until `expiresAt`, or for ever. */
  tokens?: FixedToken[];
  /** What the user may do in the projects of the account. */
  permissions: Permission[];
}

/** A permanent AK/SK pair, or a temporary one if it has a security token. */
export interface AccessKey {
  /** The public part, AK. */
  access: string;
  /** The secret part, SK. */
  secret: string;
  /** Must then go with every request, as `X-Security-Token`. */
  securityToken?: string;
}

/** A token that needs no request to IAM. */
export interface FixedToken {
  /** As `X-Auth-Token` has it. */
  token: string;
  /** ID of the project that it is for. */
  projectId: string;
  /** RFC 3339. */
  expiresAt?: string;
}

/** An IAM action; `*` allows everything, an empty list nothing. */
export type Permission =
  | "*"
  | "dws:cluster:list"
  | "dws:cluster:listAuditLog"
  | "dds:instance:listAuditLog"
  | "dds:instance:list"
  | "dds:instance:listAll"
  | "iam:projects:listProjects";

/** A role in this account that users of one other account may assume. */
export interface Agency {
  /** Name, as whoever assumes it has to say it. */
  name: string;
  /** Name of the account whose users may assume it. */
  trusts: string;
  /** What whoever assumes it may do. */
  permissions: Permission[];
}

/** A project: where the clusters and instances of one region live. */
export interface Project {
  /** ID of the project, as in the paths of the APIs. */
  id: string;
  /** Name; that of a region's own project is the region. */
  name: string;
  /** ID of the account that owns it. */
  accountId: string;
  /** Region that it lies in. */
  region: string;
}

/** A DWS cluster with its two audit trails. */
export interface Cluster {
  /** A GUID, lower case. */
  id: string;
  /** Name, as the list of clusters has it. */
  name: string;
  /** ID of the project that it lives in. */
  projectId: string;
  /** What this cluster is there to show, for people. */
  note?: string;
  /** How the list of clusters shows it, where that differs from an ordinary available cluster. */
  info?: ClusterInfo;
  /** Left out of the list of clusters. */
  unlisted?: boolean;
  /** In the order they are answered. */
  dumps: RecordList<Dump>;
  /** In the order they are answered. */
  parameterChanges: RecordList<ParameterChange>;
  /** Where an answer differs from what the records say, as in the vendor's own examples. */
  answers?: { clusterId?: string; dumpCount?: number; parameterCount?: number };
}

/** A DDS instance with its audit log files. */
export interface Instance {
  /** 32 hexadecimal digits and `in02`, as the vendor has it. */
  id: string;
  /** Name, as the list of instances has it. */
  name: string;
  /** ID of the project that it lives in. */
  projectId: string;
  /** What this instance is there to show, for people. */
  note?: string;
  /** The nodes that write audit logs; of a `Sharding` instance its mongos nodes. */
  nodes: string[];
  /** Default: `ReplicaSet` with several nodes, else `Single`. */
  mode?: "Sharding" | "ReplicaSet" | "Single";
  /** How the list of instances shows it, where that differs from an ordinary instance in the state `normal`. */
  info?: InstanceInfo;
  /** Left out of the list of instances. */
  unlisted?: boolean;
  /** In the order they are answered. */
  auditLogs: RecordList<AuditLog>;
  /** `anyWindow`: answer the logs whatever window is asked, as the vendor's own example does. */
  answers?: { anyWindow?: boolean; totalRecord?: number };
}

/** Fields of one cluster of `GET /v1.0/{project}/clusters`; times are `2016-02-10T14:26:14Z`. */
export interface ClusterInfo {
  /** State, such as `AVAILABLE` or `CREATING`. */
  status?: string | null;
  /** Version of the data warehouse. */
  version?: string | null;
  /** Time of creation. */
  created?: string | null;
  /** `0` for the default one. */
  enterprise_project_id?: string | null;
  /** Nodes of the cluster. */
  nodes?: { id?: string | null; status?: string | null }[] | null;
  /** Tags of the cluster. */
  tags?: { key?: string | null; value?: string | null }[] | null;
  /** Fields that no document has are answered as they are. */
  [extra: string]: unknown;
}

/** Fields of one instance of `GET /v3/{project}/instances`; times are `2019-01-17T07:05:52`. */
export interface InstanceInfo {
  /** State, such as `normal` or `creating`. */
  status?: string | null;
  /** `Sharding`, `ReplicaSet` or `Single`. */
  mode?: string | null;
  /** Time of creation. */
  created?: string | null;
  /** `0` for the default one. */
  enterprise_project_id?: string | null;
  /** Kind and version of the database. */
  datastore?: { type?: string | null; version?: string | null } | null;
  /** Groups of nodes, with those that write audit logs among them. */
  groups?: { [extra: string]: unknown }[] | null;
  /** Tags of the instance. */
  tags?: { key?: string | null; value?: string | null }[] | null;
  /** Fields that no document has are answered as they are. */
  [extra: string]: unknown;
}

/** The ECS metadata lookalike, which hands out temporary keys of one user. */
export interface Metadata {
  /** `v1`: no session tokens (the PUT answers `tokenStatus`); `v2`: tokens required; `both`: tokens optional. */
  version: "both" | "v1" | "v2";
  /** Answer to the PUT when the version is `v1`. Default 404. */
  tokenStatus?: 404 | 405 | 503;
  /** ID of the account of that user. */
  accountId: string;
  /** Name of the user whose permissions the keys carry. */
  user: string;
  /** ID of the project that the machine is in. */
  projectId: string;
}

/** A CI system or cluster whose tokens (OpenID Connect) sign in, as IAM knows it. */
export interface IdentityProvider {
  /** As the path of its protocol has it. */
  id: string;
  /** As the tokens say it. */
  issuer: string;
  /** Whom the tokens have to be for. */
  audience: string;
  /** Name of the user whose permissions they carry. */
  user: string;
}

/** The lookalike of a cluster's agent, which hands out temporary keys of one user to a container. */
export interface Container {
  /** ID of the account of that user. */
  accountId: string;
  /** Name of the user whose permissions the keys carry. */
  user: string;
  /** What a container proves with who it is. */
  token: string;
}
