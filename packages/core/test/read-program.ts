/**
 * Prints what came of one reading, for runs in an environment and a working folder of their own: of the cluster that the
 * first argument names, with the build of core that the second one may name.
 */
import type * as Core from "@auditgate/core";

const [clusterId = "", build = "@auditgate/core"] = process.argv.slice(2);
const { AuditError, createClient, queries, read }: typeof Core = await import(build);

const client = createClient();
try {
  const { complete } = await read(client, queries.dwsAuditDumpRecords, { clusterId });
  console.log(complete ? "complete" : "incomplete");
} catch (error) {
  if (!AuditError.is(error)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
await client.close();
