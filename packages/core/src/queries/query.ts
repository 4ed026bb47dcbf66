import type { z } from "zod";

/** The vendor services that have audit queries. */
export type Service = "dws" | "dds";

/** How the pages of a query are asked for, and where the answer holds what. */
export interface Paging {
  /**
   * - `none`: one response holds everything.
   * - `page-number`: `offset` counts pages of `limit` records.
   * - `record-offset`: `offset` counts records.
   */
  readonly kind: "none" | "page-number" | "record-offset";
  /** Key of the list in the body. */
  readonly items: string;
  /** Key of the reported total in the body. */
  readonly total: string;
  /** `limit` asked for unless the caller says otherwise [records]. */
  readonly pageSize: number;
  /**
   * `limit` to try where the list is longer than `pageSize`, which a service may refuse or cut short [records];
   * `pageSize` if absent.
   */
  readonly longPageSize?: number;
}

/**
 * One audit query, declared once: requests, validation, schemas, types and documents are derived from this.
 *
 * @typeParam Args - Arguments, in camelCase.
 * @typeParam Row - One record, in camelCase.
 * @typeParam Summary - What {@link Query.summarize} makes of all records.
 */
export interface Query<Args, Row, Summary> {
  /** Name in snake_case: the Terraform data source without its prefix. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Vendor page the declaration was checked against. */
  readonly source: string;
  /** Service that is asked. */
  readonly service: Service;
  /** Path with `{project_id}` and one label per path argument. */
  readonly path: string;
  /** How the service gives out long lists. */
  readonly paging: Paging;
  /**
   * Parameter that selects an enterprise project. Where the arguments do not set it, all that one may see are asked for,
   * if the region knows enterprise projects; absent where the service has no such parameter.
   */
  readonly enterpriseProjectParameter?: string;
  /** Field that identifies a record; absent where records have no identity. */
  readonly key?: keyof Row & string;
  /** True where `startTime` and `endTime` select records, at most 30 days at once. */
  readonly windowed: boolean;
  /** Arguments; strict, so that a mistyped name is an error. */
  readonly args: z.ZodType<Args>;
  /** One record, as far as it is documented; other fields are left out. */
  readonly record: z.ZodType<Row>;
  /** Fields of a record that are documented and left out here, as they are on the wire: none is news when it comes. */
  readonly otherFields?: readonly string[];
  /** Figures over all records. */
  readonly summary: z.ZodType<Summary>;
  /** Figures over all records of one reading. */
  summarize(records: readonly Row[]): Summary;
}
