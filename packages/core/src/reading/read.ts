import type { Client } from "../client.ts";
import { AuditError, rephrase } from "../errors.ts";
import { canonicalLines, digestOf, readingId } from "./digest.ts";
import { type Completion, type Page, type PageOptions, pages } from "./pages.ts";
import type { Query } from "../queries/query.ts";
import type { ReadingFacts } from "./reading.types.ts";
import { joinDates, type ServiceDates } from "./service-dates.ts";
import { remembering } from "./told.ts";

/** All records of one query, and what is known about them. */
export interface Reading<Row, Summary> extends ReadingFacts {
  /** Records in the service's order, none twice. */
  readonly records: readonly Row[];
  /** Figures over all records. */
  readonly summary: Summary;
  /** The vendor's ids of the requests that were made; for support, never for outputs. */
  readonly requestIds: readonly string[];
}

/** A reading with the time that the service gave with it. */
export interface DatedReading<Row, Summary> extends Reading<Row, Summary> {
  /** The service's time of its latest answer [ms since 1970-01-01 UTC]; undefined where one did not say. */
  readonly servedAt: number | undefined;
  /** What the dates of all its answers say about that clock, those of earlier attempts included. */
  readonly dates: ServiceDates;
}

/** A reading without its records: what was read is known by its figures and its digest alone. */
export interface SummaryReading<Summary> extends ReadingFacts {
  /** Not an empty list, over which every condition would hold. */
  readonly records: null;
  /** Figures over all records. */
  readonly summary: Summary;
  /** The vendor's ids of the requests that were made; for support, never for outputs. */
  readonly requestIds: readonly string[];
}

/** Options of {@link read}. */
export interface ReadOptions extends Omit<PageOptions, "offset" | "deadline" | "memory" | "ahead"> {
  /** Records are returned; for their figures alone, see {@link SummaryOptions}. */
  readonly summaryOnly?: false | undefined;
}

/** Options of {@link read} for a reading of which only the figures are wanted. */
export interface SummaryOptions extends Omit<ReadOptions, "summaryOnly"> {
  /** Every record is read, checked, summarised and digested, and none returned. */
  readonly summaryOnly: true;
}

// A list that moves while it is read is read again, so often in all, in the hope of a quiet moment.
const MAX_READINGS = 3;

/**
 * Reads every record of `query`. What cannot be proved complete is returned with `complete: false` and the reason.
 *
 * @param args - Arguments of the query; instants are RFC 3339 with `Z` or an offset, or the vendor's `±hhmm`.
 * @throws {AuditError} `ERR_ARGUMENT` for bad arguments, `ERR_CONFIG` for missing settings, `ERR_NOT_FOUND`,
 *   `ERR_FORBIDDEN` and the like as the service answers, `ERR_TIMEOUT` after the client's `timeoutMs`.
 */
export function read<Args extends object, Row extends object, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options: SummaryOptions,
): Promise<SummaryReading<Summary>>;
/** The same with the records. */
export function read<Args extends object, Row extends object, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options?: ReadOptions,
): Promise<Reading<Row, Summary>>;
/** The same for a caller that is told which of both. */
export function read<Args extends object, Row extends object, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options: ReadOptions | SummaryOptions,
): Promise<Reading<Row, Summary> | SummaryReading<Summary>>;
export async function read<Args extends object, Row extends object, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  { summaryOnly = false, ...options }: ReadOptions | SummaryOptions = {},
): Promise<Reading<Row, Summary> | SummaryReading<Summary>> {
  if (typeof summaryOnly !== "boolean") {
    const message = `summaryOnly must be true or false, not ${JSON.stringify(summaryOnly)}.`;
    throw new AuditError("ERR_ARGUMENT", message, { argument: "summaryOnly" });
  }
  // Differs with every reading, so it must not get into the outputs that adapters make of one.
  const {
    servedAt: _,
    dates: __,
    ...reading
  } = await readDated(client, query, args, options).catch(async (error: unknown) => {
    throw await withPlace(error, client);
  });
  return summaryOnly ? { ...reading, records: null } : reading;
}

/** What is not found is mostly in another place: the error says which one was asked. */
async function withPlace(error: unknown, { connection }: Client): Promise<unknown> {
  if (!AuditError.is(error) || error.code !== "ERR_NOT_FOUND") return error;
  const { region, projectId } = await connection.place();
  const place = [projectId && `project ${projectId}`, region && `region ${region}`].filter(Boolean);
  return place.length === 0 ? error : rephrase(error, `${error.message} Looked in ${place.join(" of ")}.`);
}

/**
 * As {@link read}, with the service's time: for rules about the age of records.
 *
 * @throws {AuditError} as {@link read}.
 */
export async function readDated<Args extends object, Row extends object, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options: ReadOptions = {},
): Promise<DatedReading<Row, Summary>> {
  const { connection } = client;
  const deadline = performance.now() + connection.timeoutMs;
  const attempt = () =>
    collect(
      pages(client, query, args, { ...options, deadline, memory: Infinity, ahead: connection.concurrency }),
    );
  let collected = await attempt();
  const requestIds = [...collected.completion.requestIds];
  let told: number | null = null;
  let { dates } = collected.completion;
  for (let readings = 1; collected.completion.moved && readings < MAX_READINGS; readings++) {
    told = collected.completion.total ?? told;
    collected = await attempt();
    for (const id of collected.completion.requestIds) requestIds.push(id);
    dates = joinDates(dates, collected.completion.dates);
  }
  const { records, completion } = collected;
  const { total, incompleteReason, window, servedAt } = completion;
  const scope = await connection.scope({ signal: options.signal, deadline });
  const reading = {
    id: readingId(query.name, args, scope),
    records,
    total,
    complete: incompleteReason === undefined,
    ...(incompleteReason !== undefined && { incompleteReason }),
    ...(window && { window }),
    summary: query.summarize(records),
    digest: digestOf(canonicalLines(records)),
    requestIds,
    servedAt,
    dates,
  };
  return remembering(reading, told);
}

async function collect<Row extends object>(
  source: AsyncGenerator<Page<Row>, Completion>,
): Promise<{ readonly records: readonly Row[]; readonly completion: Completion }> {
  const records: Row[] = [];
  for (;;) {
    const result = await source.next();
    if (result.done) return { records, completion: result.value };
    for (const record of result.value.records) records.push(record);
  }
}
