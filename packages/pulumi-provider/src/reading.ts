import {
  type Client,
  type Query,
  queries,
  read,
  type Reading,
  type SummaryOptions,
  type SummaryReading,
} from "@auditgate/core";
import { idOf, isGiven, type QueryName, scopeOf, type Values } from "./arguments.ts";

/** What a reading hands to a program and to the state. The vendor's request ids differ each time: they stay here. */
export type ReadingValues = Omit<Reading<object, object> | SummaryReading<object>, "requestIds">;

/**
 * Reads a query with arguments as a program wrote them.
 *
 * @throws {AuditError} as core's `read` does; `ERR_ARGUMENT` names an argument that there is not, too.
 */
export async function readValues(client: Client, query: QueryName, args: Values): Promise<ReadingValues> {
  const given = Object.entries(args).filter(([, value]) => isGiven(value));
  const { region: _, projectId: __, maxRecords, summaryOnly, ...own } = Object.fromEntries(given);
  // The catalogue's members differ in their arguments; core checks those against the declaration itself.
  const declaration = queries[query] as object as Query<object, object, object>;
  const { requestIds: ___, ...reading } = await read(client.with(scopeOf(args)), declaration, own, {
    maxRecords: maxRecords as number | undefined,
    // What is not true or false, core refuses.
    ...((summaryOnly !== undefined && { summaryOnly }) as Pick<SummaryOptions, "summaryOnly">),
  });
  return { ...reading, id: idOf(query, args) };
}
