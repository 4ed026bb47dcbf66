import type { Client, Query, Reading, SummaryReading } from "@auditgate/core";
import { warningDiagnostic } from "./diagnostics.ts";
import type * as core from "../core.ts";
import type { Diagnostic } from "../protocol/gen/tfplugin6.ts";
import { type Attribute, type Attributes, camelCase, isArgument } from "../schema/attribute.ts";
import type { ObjectValue, Value } from "../schema/value.ts";
import { inSnakeCase } from "./words.ts";

/** The real work, loaded on the first reading: the program without it starts in half the time. */
export type Core = typeof core;

export interface ReadRequest {
  /** Full name, such as `auditgate_dds_audit_logs`. */
  readonly typeName: string;
  readonly attributes: Attributes;
  readonly config: ObjectValue;
  /** Whether the result goes into the state. */
  readonly stored: boolean;
  readonly signal: AbortSignal;
}

export interface ReadResult {
  /** All attributes; absent where reading failed. */
  readonly state?: ObjectValue;
  /** Warnings, or why reading failed. */
  readonly diagnostics: Diagnostic[];
}

/** The region and project that a configuration names. */
export function scopeOf({ region, project_id: projectId }: ObjectValue) {
  return { region: text(region), projectId: text(projectId) };
}

/** What the adapter asks of every query, beside its arguments. */
const OWN_ARGUMENTS = new Set(["region", "project_id", "max_records", "summary_only"]);

// 20,000 records make 29 MB of state, which every later command reads and writes several times.
const MANY_RECORDS = 1000;

/**
 * Reads what a data source, or an ephemeral resource, asks for.
 *
 * @param onRequests - Told the ids of the requests that were made: for the log, not for the state.
 * @throws {AuditError} as `read` of core.
 */
export async function readQuery(
  { read, queries }: Core,
  client: Client,
  { typeName, attributes, config, stored, signal }: ReadRequest,
  onRequests: (ids: readonly string[], outcome?: string) => void,
): Promise<ReadResult> {
  const { region, project_id: projectId, max_records: maxRecords, summary_only: summaryOnly } = config;
  const scoped = client.with(scopeOf(config));
  const args = Object.entries(attributes)
    .filter(([name, attribute]) => isArgument(attribute) && !OWN_ARGUMENTS.has(name))
    .map(([name]) => [camelCase(name), config[name] ?? undefined] as const);
  const options = {
    signal,
    ...(typeof maxRecords === "number" && { maxRecords }),
    ...(summaryOnly === true && { summaryOnly }),
  };
  const found = await read(scoped, queryOf(queries, typeName), Object.fromEntries(args), options);
  const reading = {
    ...found,
    incompleteReason: found.incompleteReason && inSnakeCase(found.incompleteReason),
  };
  onRequests(reading.requestIds);
  const scope = await scoped.connection.scope({ signal, deadline: Number.POSITIVE_INFINITY });
  return {
    // Engines insist on arguments as they were written.
    state: {
      ...config,
      region: region ?? scope.region ?? null,
      project_id: projectId ?? scope.projectId,
      ...resultsOf(attributes, reading),
    },
    diagnostics: warningsOf(reading, subjectOf(attributes, config), stored),
  };
}

/** What is asked about, such as a cluster's id: engines show one warning of those with the same summary. */
function subjectOf(attributes: Attributes, config: ObjectValue): string {
  const [required] = Object.entries(attributes).filter(([, attribute]) => attribute.required);
  return text(required && config[required[0]]) ?? "this query";
}

/** They name no attribute: Pulumi's bridge takes whatever does for a failure of the reading. */
function warningsOf(
  { records, complete, incompleteReason }: Reading<object, object> | SummaryReading<object>,
  subject: string,
  stored: boolean,
): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  if (!complete) {
    warnings.push(
      warningDiagnostic({
        summary: `The audit data is incomplete: ${subject}`,
        detail: `${incompleteReason}\n\nThe attribute complete is false: check it before you decide anything by these records.`,
      }),
    );
  }
  if (stored && records !== null && records.length > MANY_RECORDS) {
    warnings.push(
      warningDiagnostic({
        summary: `${records.length} audit records are kept in the state`,
        detail: `From about ${MANY_RECORDS} records on, the state and all commands on it become slow. Set summary_only, which keeps the figures and the digest, or use the ephemeral resource of the same name, which keeps nothing.`,
      }),
    );
  }
  return warnings;
}

/** The query of a data source. The catalogue holds queries of different rows, of which this adapter needs to know nothing. */
function queryOf(queries: Core["queries"], typeName: string): Query<object, object, object> {
  const query = Object.values(queries).find(({ name }) => `auditgate_${name}` === typeName);
  if (!query) throw new TypeError(`no query is named ${typeName}`);
  return query as unknown as Query<object, object, object>;
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What core has found, under the attributes that are no arguments. */
export function resultsOf(attributes: Attributes, found: object): ObjectValue {
  const results = Object.entries(attributes).filter(([, attribute]) => !isArgument(attribute));
  return toObject(Object.fromEntries(results), found);
}

/** An object of core's, by the attributes that it has here; what core leaves out is null. */
function toObject(attributes: Attributes, source: object): ObjectValue {
  const values = new Map<string, unknown>(Object.entries(source));
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      toValue(name, attribute, values.get(camelCase(name))),
    ]),
  );
}

function toValue(name: string, attribute: Attribute, value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((item: unknown) => toValue(name, attribute, item));
  if (attribute.nested && typeof value === "object") return toObject(attribute.nested.attributes, value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new TypeError(`${name} cannot hold a ${typeof value}`);
}
