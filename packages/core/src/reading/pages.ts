import { validateArgs } from "./args.ts";
import { createAsker } from "./ask.ts";
import type { Client } from "../client.ts";
import { eager } from "./eager.ts";
import { AuditError, type AuditErrorCode } from "../errors.ts";
import { tryParseInstant } from "../instant.ts";
import { type ListOptions, type Outcome, readList } from "./listing.ts";
import type { Query } from "../queries/query.ts";
import { createServiceTime, type ServiceDates } from "./service-dates.ts";
import { resolveWindow, type Span, splitSpan, type Window } from "./window.ts";

/** One response's share of a reading. */
export interface Page<Row> {
  /** Its records, less those that an earlier page had. */
  readonly records: readonly Row[];
  /** Index of the page's first record in the list of its window. */
  readonly offset: number;
  /** Total reported with it; null where none was. */
  readonly total: number | null;
}

/** Options of {@link pages}. */
export interface PageOptions {
  /** Records asked for at once; the query's own number, and more for a long list, if absent. */
  readonly pageSize?: number | undefined;
  /** Index of the first record to read; 0 if absent. */
  readonly offset?: number | undefined;
  /** Read no more than so many records; the reading then says `truncated` if there are more. */
  readonly maxRecords?: number | undefined;
  /** Ends the reading with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** End of the reading, on the clock of `performance.now()` [ms]; else every page has `timeoutMs`. */
  readonly deadline?: number | undefined;
  /** Keys remembered to tell duplicates that are far apart; 1,000 if absent. */
  readonly memory?: number | undefined;
  /** Pages that are asked for before their turn, at most; if absent 16, or 4 long ones, which bounds a stream's memory. */
  readonly ahead?: number | undefined;
}

/** What is known once every page has been read. */
export interface Completion {
  /** Reported total less the records reported in two windows; null where none was reported, or not for all. */
  readonly total: number | null;
  /** Records given out. */
  readonly count: number;
  /** Why the reading is not complete; undefined where it is. */
  readonly incompleteReason: string | undefined;
  /** True where the list moved while it was read, so that another reading may be complete. */
  readonly moved: boolean;
  /** Window that was read; undefined where the query has none. */
  readonly window: Window | undefined;
  /** Ids by which the service knows the requests. */
  readonly requestIds: readonly string[];
  /** Time of the latest answer by the service's clock [ms since 1970-01-01 UTC]; undefined where one did not say it. */
  readonly servedAt: number | undefined;
  /** What the dates of all answers say about that clock. */
  readonly dates: ServiceDates;
}

const DEFAULT_MEMORY = 1000;
const DEFAULT_AHEAD = 16;
const LONG_PAGES_AHEAD = 4;
// How a service may refuse a page for its length: by its rules, by a gateway's, or by breaking down.
const MAY_REFUSE_LENGTH: ReadonlySet<AuditErrorCode> = new Set([
  "ERR_ARGUMENT",
  "ERR_RESPONSE",
  "ERR_SERVER",
]);

/**
 * Pages of `query`, in server order, until every record has been read. A window longer than 30 days is read in
 * parts, oldest first. What could not be read or proved complete is said in the generator's return value.
 *
 * @param args - Arguments of the query; instants are RFC 3339 with `Z` or an offset, or the vendor's `±hhmm`.
 * @throws {AuditError} `ERR_ARGUMENT` for bad arguments; `ERR_THROTTLED` and the like after `retry.attempts`
 *   tries; `ERR_RESPONSE` if a body breaks the declaration.
 */
export async function* pages<Args extends object, Row, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options: PageOptions = {},
): AsyncGenerator<Page<Row>, Completion> {
  const { connection } = client;
  const valid = validateArgs(query, args);
  const offset = wholeNumber("offset", options.offset ?? 0, 0);
  const maxRecords =
    options.maxRecords === undefined ? Infinity : wholeNumber("maxRecords", options.maxRecords, 1);
  const pageSize = wholeNumber(
    "pageSize",
    options.pageSize ?? query.paging.pageSize,
    query.paging.kind === "none" ? 0 : 1,
  );
  const resolved = query.windowed ? resolveWindow(valid, connection.now()) : undefined;
  const spans: readonly (Span | undefined)[] = resolved ? splitSpan(resolved) : [undefined];
  if (offset > 0 && spans.length > 1) {
    throw new AuditError("ERR_ARGUMENT", "offset needs a window of at most 30 days.", { argument: "offset" });
  }
  const most = Math.min(connection.concurrency, wholeNumber("ahead", options.ahead ?? DEFAULT_AHEAD, 1));
  const mostLong = options.ahead === undefined ? Math.min(most, LONG_PAGES_AHEAD) : most;
  const requestIds: string[] = [];
  const clock = createServiceTime();
  const { key } = query;
  const keyOf = (row: Row) => (key === undefined ? null : (row[key] as string | null));
  const listOptions: ListOptions<Row> = {
    paging: query.paging,
    pageSize: Math.min(pageSize, maxRecords + 1),
    longPageSize: Math.min(options.pageSize ?? query.paging.longPageSize ?? pageSize, maxRecords + 1),
    refusesLength: (error) => AuditError.is(error) && MAY_REFUSE_LENGTH.has(error.code),
    offset,
    // Twice what is let in, so that none waits for this; more would only be kept waiting, and in memory.
    ahead: (limit) => Math.min(limit > pageSize ? mostLong : most, 2 * connection.width),
    memory: options.memory ?? DEFAULT_MEMORY,
    keyOf,
  };
  const abandon = new AbortController();
  const ask = createAsker(client, query, valid, {
    signal: options.signal ? AbortSignal.any([options.signal, abandon.signal]) : abandon.signal,
    deadline: options.deadline,
    onRequestId: (id) => requestIds.push(id),
    onHeaders: clock.learn,
  });
  const listOf = (span: Span | undefined) => readList(ask(span), listOptions);

  const outcomes: Outcome[] = [];
  let seams = 0;
  let given = 0;
  let shared: ReadonlySet<string> = new Set();
  // A list each for as many pages as a stream has ahead.
  const listsAhead = Math.ceil(most / DEFAULT_AHEAD);
  const upcoming = [listOf(spans[0])];
  try {
    for (const [index] of spans.entries()) {
      const current = upcoming.shift()!;
      const next = spans[index + 1];
      const touching = new Set<string>();
      let result = await current.next();
      // The next parts begin while this one is read, so that no time passes between them.
      for (const span of spans.slice(index + 1 + upcoming.length, index + 1 + listsAhead)) {
        upcoming.push(eager(listOf(span), most));
      }
      for (; !result.done; result = await current.next()) {
        const { records, ...page } = result.value;
        const atSeam = next !== undefined || shared.size > 0;
        const isFresh = (row: Row) => {
          const own = keyOf(row);
          if (own === null) return true;
          if (next && reaches(row, next)) touching.add(own);
          return shared.size === 0 || !shared.has(own);
        };
        const fresh = atSeam ? records.filter(isFresh) : records;
        seams += records.length - fresh.length;
        if (given + fresh.length > maxRecords) {
          yield { ...page, records: fresh.slice(0, maxRecords - given) };
          const total = spans.length === 1 ? page.total : null;
          return { ...truncation(maxRecords, total), window: resolved?.window, requestIds, ...clock.time() };
        }
        given += fresh.length;
        yield { ...page, records: fresh };
      }
      outcomes.push(result.value);
      shared = touching;
    }
  } finally {
    abandon.abort();
  }
  return { ...completionOf(outcomes, seams, offset), window: resolved?.window, requestIds, ...clock.time() };
}

function wholeNumber(argument: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new AuditError("ERR_ARGUMENT", `${argument} must be a whole number from ${least}, not ${value}.`, {
    argument,
  });
}

function reaches(row: unknown, span: Span): boolean {
  const { endTime } = row as { readonly endTime?: unknown };
  const end = typeof endTime === "string" ? tryParseInstant(endTime) : undefined;
  return end === undefined || end >= span.from;
}

function truncation(count: number, total: number | null) {
  const of = total === null ? "" : ` of the ${total} that the service reports`;
  return {
    count,
    total,
    incompleteReason: `truncated: only the first ${count} records${of} were read (maxRecords)`,
    moved: false,
  };
}

function completionOf(outcomes: readonly Outcome[], seams: number, offset: number) {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const count = sum(outcomes.map((outcome) => outcome.count)) - seams;
  const totals = outcomes.map((outcome) => outcome.total).filter((total) => total !== null);
  const total = totals.length === outcomes.length ? sum(totals) - seams : null;
  const moved = outcomes.map((outcome) => outcome.moved).find((sign) => sign !== undefined);
  const mismatch = outcomes.find(
    (outcome) => outcome.total !== null && outcome.count + offset !== Math.max(outcome.total, offset),
  );
  return { count, total, incompleteReason: incompleteReason(), moved: moved !== undefined };

  function incompleteReason(): string | undefined {
    if (moved) return `shifting-pages: the list moved while it was read: ${moved}`;
    if (mismatch)
      return `total-mismatch: ${mismatch.count + offset} records were read, but the service reports ${mismatch.total}`;
    const unproved = outcomes.some((outcome) => outcome.total === null && !outcome.ended);
    return unproved
      ? "no-total: the service does not say how many records there are, and nothing else proves that these are all"
      : undefined;
  }
}
