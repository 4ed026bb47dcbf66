/**
 * What the emulator knows: plain data, the same shape as the JSON file of `--data` and of `GET /_emulator/data`.
 * Keys of our own are camelCase; audit records are kept exactly as the vendor answers them, in snake_case.
 */
export interface EmulatorData {
  /** Region that `emulator.env` and the metadata service name. */
  region: string;
  /** How DWS says that a cluster does not exist; the other two are disguises seen in the wild. Default `DWS.3027`. */
  notFound?: "DWS.3027" | "DWS.0047" | "DWS.0015";
  accounts: Account[];
  projects: Project[];
  clusters: Cluster[];
  instances: Instance[];
  metadata?: Metadata;
  container?: Container;
}

/** A cloud account, which IAM calls a domain. Accounts never see each other's projects, except through an agency. */
export interface Account {
  id: string;
  name: string;
  users: User[];
  agencies?: Agency[];
  identityProviders?: IdentityProvider[];
}

/** An IAM user. */
export interface User {
  id: string;
  name: string;
  password?: string;
  /** Six digits. If set, the password alone is not enough: the method `totp` has to be added. */
  passcode?: string;
  accessKeys?: AccessKey[];
  /** Ready-made tokens, valid until `expiresAt`, or for ever. */
  tokens?: FixedToken[];
  permissions: Permission[];
}

/** A permanent AK/SK pair, or a temporary one if it has a security token. */
export interface AccessKey {
  access: string;
  secret: string;
  securityToken?: string;
}

/** A token that needs no request to IAM. */
export interface FixedToken {
  token: string;
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
  name: string;
  /** Name of the account whose users may assume it. */
  trusts: string;
  permissions: Permission[];
}

/** A project: where the clusters and instances of one region live. */
export interface Project {
  id: string;
  name: string;
  accountId: string;
  region: string;
}

/** A DWS cluster with its two audit trails. */
export interface Cluster {
  /** A GUID, lower case. */
  id: string;
  name: string;
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
  id: string;
  name: string;
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
  status?: string | null;
  version?: string | null;
  created?: string | null;
  enterprise_project_id?: string | null;
  nodes?: { id?: string | null; status?: string | null }[] | null;
  tags?: { key?: string | null; value?: string | null }[] | null;
  [extra: string]: unknown;
}

/** Fields of one instance of `GET /v3/{project}/instances`; times are `2019-01-17T07:05:52`. */
export interface InstanceInfo {
  status?: string | null;
  mode?: string | null;
  created?: string | null;
  enterprise_project_id?: string | null;
  datastore?: { type?: string | null; version?: string | null } | null;
  groups?: { [extra: string]: unknown }[] | null;
  tags?: { key?: string | null; value?: string | null }[] | null;
  [extra: string]: unknown;
}

/** Records one by one, or a rule that makes up to a million of them without keeping them. */
export type RecordList<Row> = Row[] | Generated;

/** Regular records, newest first, computed when they are asked for. */
export interface Generated {
  generate: {
    count: number;
    /** End of the newest record, RFC 3339. */
    newest: string;
    /** Distance between two records (DDS: of one node) [s]. */
    everySeconds: number;
  };
}

/** One record of `GET /v1.0/{project}/clusters/{cluster}/audit-log-records`; times are `2022-10-31T09:11:31`, without zone. */
export interface Dump {
  cluster_id?: string | null;
  executor_time?: string | null;
  begin_time?: string | null;
  end_time?: string | null;
  bucket_name?: string | null;
  location_prefix?: string | null;
  result?: string | null;
  failed_reason?: string | null;
  [extra: string]: unknown;
}

/** One record of `GET /v1/{project}/clusters/{cluster}/configurations/audit-records`; times are `2023-06-10T16:23:21.000Z`. */
export interface ParameterChange {
  /** Documented as a string; the vendor's example has an integer. */
  id?: string | number | null;
  operator?: string | null;
  start_time?: string | null;
  end_time?: string | null;
  status?: string | null;
  failed_reason?: string | null;
  [extra: string]: unknown;
}

/** One record of `GET /v3/{project}/instances/{instance}/auditlog`; times are `2020-12-11T18:14:49+0800`. */
export interface AuditLog {
  id: string;
  name?: string | null;
  /** [byte]. */
  size?: number | null;
  node_id?: string | null;
  start_time: string;
  end_time: string;
  [extra: string]: unknown;
}

/** The ECS metadata lookalike, which hands out temporary keys of one user. */
export interface Metadata {
  /** `v1`: no session tokens (the PUT answers `tokenStatus`); `v2`: tokens required; `both`: tokens optional. */
  version: "both" | "v1" | "v2";
  /** Answer to the PUT when the version is `v1`. Default 404. */
  tokenStatus?: 404 | 405 | 503;
  accountId: string;
  /** Name of the user whose permissions the keys carry. */
  user: string;
  projectId: string;
}

/** A CI system or cluster whose tokens (OpenID Connect) sign in, as IAM knows it. */
export interface IdentityProvider {
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
  accountId: string;
  /** Name of the user whose permissions the keys carry. */
  user: string;
  /** What a container proves with who it is. */
  token: string;
}
