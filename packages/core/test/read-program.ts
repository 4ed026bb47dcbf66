/** Prints what came of one reading, for runs in an environment and a working folder of their own. */
import { AuditError, createClient, dwsAuditDumpRecords, read } from "@auditgate/core";

const client = createClient();
try {
  const { complete } = await read(client, dwsAuditDumpRecords, { clusterId: process.argv[2] ?? "" });
  console.log(complete ? "complete" : "incomplete");
} catch (error) {
  if (!AuditError.is(error)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
await client.close();
