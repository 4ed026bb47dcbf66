import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import { type Completion, type PageOptions, pages } from "./pages.ts";
import type { Query } from "../queries/query.ts";

/** Options of {@link records}. */
export interface RecordOptions extends Omit<PageOptions, "offset" | "deadline"> {
  /** End quietly where the reading cannot be proved complete. */
  readonly allowIncomplete?: boolean | undefined;
}

/**
 * Every record of `query`, one at a time, none twice; memory does not grow with their number.
 *
 * @returns What is known about the reading once it has ended.
 * @throws {AuditError} `ERR_INCOMPLETE` after the last record where the reading cannot be proved complete, unless
 *   `allowIncomplete` is set; else as {@link pages}.
 */
export async function* records<Args extends object, Row, Summary>(
  client: Client,
  query: Query<Args, Row, Summary>,
  args: Args,
  options: RecordOptions = {},
): AsyncGenerator<Row, Completion> {
  const { allowIncomplete = false, ...pageOptions } = options;
  const all = pages(client, query, args, pageOptions);
  let result = await all.next();
  try {
    for (; !result.done; result = await all.next()) {
      // One by one, for `yield*` looks for an asynchronous iterator in each list, and takes half as long again.
      for (const record of result.value.records) yield record;
    }
  } finally {
    await all.return(undefined as never);
  }
  const { incompleteReason } = result.value;
  if (incompleteReason !== undefined && !allowIncomplete) {
    throw new AuditError(
      "ERR_INCOMPLETE",
      `The records of ${query.name} cannot be proved complete: ${incompleteReason}.`,
    );
  }
  return result.value;
}
