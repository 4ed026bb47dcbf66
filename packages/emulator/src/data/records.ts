/** Records one by one, or a rule that makes up to a million of them without keeping them. */
export type RecordList<Row> = Row[] | Generated;

/** Regular records, newest first, computed when they are asked for. */
export interface Generated {
  /** How many, up to when and how far apart. */
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
  /** Cluster that was dumped. */
  cluster_id?: string | null;
  /** When the dump ran. */
  executor_time?: string | null;
  /** Beginning of what it covers. */
  begin_time?: string | null;
  /** End of what it covers. */
  end_time?: string | null;
  /** OBS bucket that it was written to. */
  bucket_name?: string | null;
  /** Prefix inside the bucket. */
  location_prefix?: string | null;
  /** Such as `SUCCESS`, `FAILED` or `RUNNING`. */
  result?: string | null;
  /** Empty or absent where it has not failed. */
  failed_reason?: string | null;
  /** Fields that no document has are answered as they are. */
  [extra: string]: unknown;
}

/** One record of `GET /v1/{project}/clusters/{cluster}/configurations/audit-records`; times are `2023-06-10T16:23:21.000Z`. */
export interface ParameterChange {
  /** Documented as a string; the vendor's example has an integer. */
  id?: string | number | null;
  /** Who modified parameters. */
  operator?: string | null;
  /** When the modification began. */
  start_time?: string | null;
  /** When it ended. */
  end_time?: string | null;
  /** Such as `In-Sync`, `Applying` or `Pending-Reboot`. */
  status?: string | null;
  /** Empty or absent where it has not failed. */
  failed_reason?: string | null;
  /** Fields that no document has are answered as they are. */
  [extra: string]: unknown;
}

/** One record of `GET /v3/{project}/instances/{instance}/auditlog`; times are `2020-12-11T18:14:49+0800`. */
export interface AuditLog {
  /** ID of the log file. */
  id: string;
  /** Name of the log file. */
  name?: string | null;
  /** [byte]. */
  size?: number | null;
  /** Node that wrote it. */
  node_id?: string | null;
  /** Beginning of what it covers. */
  start_time: string;
  /** End of what it covers. */
  end_time: string;
  /** Fields that no document has are answered as they are. */
  [extra: string]: unknown;
}
