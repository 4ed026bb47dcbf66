import type { Client } from "../client.ts";
import { AuditError, rephrase } from "../errors.ts";
import type { Answer, CallContext } from "../http/attempt.ts";
import { type Field, fieldsOf } from "../field.ts";
import { vendorInstant } from "../instant.ts";
import { namesTwice, parseExactly } from "../http/json.ts";
import type { Stretch } from "./listing.ts";
import { pagingParameters, type Range } from "./paging.ts";
import type { Query } from "../queries/query.ts";
import type { Span } from "./window.ts";
import {
  describeValue,
  encodeArgs,
  type EncodedArgs,
  type RecordDecoder,
  recordDecoder,
  RoundedError,
} from "./wire.ts";

/** Asks for stretches of the list that a query has for one span of time. */
export type Asker<Row> = (span: Span | undefined) => (range: Range) => Promise<Stretch<Row>>;

/** What all requests of one reading have in common. */
export interface AskOptions {
  readonly signal: AbortSignal;
  /** End of the reading, on the clock of `performance.now()` [ms]; else every request has the client's time-out. */
  readonly deadline?: number | undefined;
  /** Told the id of every request that was answered. */
  onRequestId(id: string): void;
  /** Told the headers of every answer as soon as it has come. */
  onHeaders(headers: Answer["headers"]): void;
}

/** An asker for `query` with validated arguments. */
export function createAsker<Args extends object, Row, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options: AskOptions,
): Asker<Row> {
  const { connection } = client;
  const fields = fieldsOf(query.args);
  const { labels, parameters } = encodeArgs(query.path, fields, args);
  const windowNames = ["start_time", "end_time", "last"];
  const filters = query.windowed ? parameters.filter(([name]) => !windowNames.includes(name)) : parameters;
  const decoder = recordDecoder<Row>(fieldsOf(query.record));
  return (span: Span | undefined) => {
    const own = span ? [...filters, ...windowParameters(span)] : filters;
    return async (range) => ask(own, range);
  };
  async function ask(own: EncodedArgs["parameters"], range: Range): Promise<Stretch<Row>> {
    const encoded: EncodedArgs = {
      labels,
      parameters: [...own, ...pagingParameters(query.paging.kind, range)],
      enterpriseProjectParameter: query.enterpriseProjectParameter,
    };
    const context: CallContext = {
      signal: options.signal,
      deadline: options.deadline ?? performance.now() + connection.timeoutMs,
    };
    const answer = await namingArgument(query.path, fields, () =>
      connection.get(query.service, query.path, encoded, context),
    );
    if (answer.requestId) options.onRequestId(answer.requestId);
    options.onHeaders(answer.headers);
    const stretch = naming(answer, () => {
      const { items, total } = query.paging;
      refuseDoubt(answer, [items, total]);
      return { rows: decodeRows(decoder, items, answer), total: totalOf(total, answer) };
    });
    for (const field of decoder.unknownKeys) {
      if (!query.otherFields?.includes(field)) connection.reportField(query.name, field);
    }
    return stretch;
  }
}

// @see https://docs.otc.t-systems.com/document-database-service/api-ref/appendix/error_codes.html
const NODE_NOT_FOUND = new Set(["DBS.200013", "DBS.200451", "DBS.216026", "DBS.216030"]);

/** Says which argument named what a service does not find: the node, or what the path leads to. */
async function namingArgument<T>(path: string, fields: readonly Field[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!AuditError.is(error) || error.code !== "ERR_NOT_FOUND" || error.argument !== undefined) throw error;
    const ofNode = NODE_NOT_FOUND.has(error.vendorCode ?? "");
    const field = fields.find(({ wireName }) =>
      ofNode ? wireName === "node_id" : path.includes(`{${wireName}}`),
    );
    throw rephrase(error, error.message, { argument: field?.name });
  }
}

/** Says which request brought an answer that cannot be used. */
function naming<T>({ requestId }: Answer, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!AuditError.is(error) || error.requestId || !requestId) throw error;
    throw rephrase(error, `${error.message} (request ${requestId})`, { requestId });
  }
}

/** An answer that says something twice cannot be taken at its word. */
function refuseDoubt({ text }: Answer, names: readonly string[]): void {
  const twice = names.find((name) => namesTwice(text, name));
  if (twice !== undefined) {
    throw new AuditError("ERR_RESPONSE", `The response has "${twice}" twice, and does not say which counts.`);
  }
}

function decodeRows<Row>(decoder: RecordDecoder<Row>, items: string, answer: Answer): readonly Row[] {
  return exactly(answer, ({ body }) => {
    const list = body[items];
    if (Array.isArray(list)) return decodedInPlace(decoder, list);
    throw new AuditError("ERR_RESPONSE", `The response has no list "${items}".`);
  });
}

/** Each record in the place of what it was made of: of a list of thousands, that takes several times its memory. */
function decodedInPlace<Row>(decoder: RecordDecoder<Row>, items: unknown[]): readonly Row[] {
  for (const [index, item] of items.entries()) items[index] = decoder.decode(item, index);
  return items as readonly Row[];
}

/** Uses an answer, and once more with integers beyond 2^53 as bigint where one was met: looking for them first takes longer. */
function exactly<T>(answer: Answer, use: (answer: Answer) => T): T {
  try {
    return use(answer);
  } catch (error) {
    if (!(error instanceof RoundedError)) throw error;
    return use({ ...answer, body: parseExactly(answer.text) as Answer["body"] });
  }
}

function windowParameters({ from, to }: Span): readonly (readonly [string, string])[] {
  return [
    ["start_time", vendorInstant(from)],
    ["end_time", vendorInstant(to)],
  ];
}

/** The reported number of all records; null where none is reported. */
function totalOf(name: string, { body }: Answer): number | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  const total = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  // Zero may come as -0.
  if (typeof total === "number" && Number.isSafeInteger(total) && total >= 0) return total + 0;
  throw new AuditError(
    "ERR_RESPONSE",
    `The response has a ${name} that is no count: ${describeValue(value)}.`,
  );
}
