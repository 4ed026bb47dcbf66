import { type Client, type Query, queries, read, type Reading } from "@auditgate/core";
import { idOf, isGiven, scopeOf, type QueryName, type Values } from "./arguments.ts";

/** What a reading hands to a program and to the state. The vendor's request ids differ each time: they stay here. */
export type ReadingValues = Omit<Reading<object, object>, "requestIds">;

/**
 * Reads a query with arguments as a program wrote them.
 *
 * @throws {AuditError} as core's `read` does; `ERR_ARGUMENT` names an argument that there is not, too.
 */
export async function readValues(client: Client, query: QueryName, args: Values): Promise<ReadingValues> {
  const given = Object.entries(args).filter(([, value]) => isGiven(value));
  const { region: _, projectId: __, maxRecords, ...own } = Object.fromEntries(given);
  const scope = scopeOf(args);
  const scoped = Object.keys(scope).length === 0 ? client : client.with(scope);
  // The catalogue's members differ in their arguments; core checks those against the declaration itself.
  const declaration = queries[query] as object as Query<object, object, object>;
  const { requestIds: ___, ...reading } = await read(scoped, declaration, own, {
    maxRecords: maxRecords as number | undefined,
  });
  return { ...reading, id: idOf(query, args) };
}
