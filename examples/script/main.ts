/** A report on the audit trails of one DWS cluster and one DDS instance, as text. */
import {
  AuditError,
  type Client,
  createClient,
  ddsAuditLogs,
  type DdsAuditLogsRecord,
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  read,
  records,
} from "@auditgate/core";

interface Subject {
  readonly clusterId: string;
  readonly instanceId: string;
}

async function main(): Promise<void> {
  // Region, project, endpoints and credentials come from the environment, a profile or clouds.yaml.
  const client = createClient();
  try {
    const subject = { clusterId: setting("DWS_CLUSTER_ID"), instanceId: setting("DDS_INSTANCE_ID") };
    await summarize(client, subject);
    await findLargestLog(client, subject);
  } finally {
    await client.close();
  }
}

/** All records of the three queries, as arrays with figures about them. */
async function summarize(client: Client, { clusterId, instanceId }: Subject): Promise<void> {
  // At the same time, over the same connections.
  const [dumps, changes, logs] = await Promise.all([
    read(client, dwsAuditDumpRecords, { clusterId }),
    read(client, dwsParameterModificationRecords, { clusterId }),
    read(client, ddsAuditLogs, { instanceId, last: "7d" }),
  ]);

  const { count, failed, lastSuccess } = dumps.summary;
  console.log(`Dumps: ${count}, of which ${failed} failed; latest success ${lastSuccess ?? "never"}`);
  for (const { executorTime, failedReason } of dumps.records.filter((dump) => dump.failedReason !== null)) {
    console.log(`  ${executorTime}: ${failedReason}`);
  }
  console.log(`Parameter changes: ${changes.summary.count}, of which ${changes.summary.pending} pending`);
  for (const { status, count } of changes.summary.byStatus) console.log(`  ${status}: ${count}`);
  console.log(`Audit logs from ${logs.window?.startTime} to ${logs.window?.endTime}: ${logs.summary.count}`);
  for (const { nodeId, count, totalBytes } of logs.summary.byNode) {
    console.log(`  node ${nodeId}: ${count} logs, ${(totalBytes / 1e6).toFixed(1)} MB`);
  }

  for (const { complete, incompleteReason } of [dumps, changes, logs]) {
    if (!complete) console.warn(`This report may not be complete: ${incompleteReason}`);
  }
}

/** One record after the other, however many there are: memory does not grow with their number. */
async function findLargestLog(client: Client, { instanceId }: Subject): Promise<void> {
  let seen = 0;
  let largest: DdsAuditLogsRecord | undefined;
  for await (const log of records(client, ddsAuditLogs, { instanceId, last: "90d" })) {
    seen++;
    if ((log.size ?? 0) > (largest?.size ?? 0)) largest = log;
  }
  console.log(
    `Largest of ${seen} audit logs in 90 days: ${largest?.name ?? "none"}, ${largest?.size ?? 0} bytes`,
  );
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name} to the id of what to report on.`);
  return value;
}

/** What a person can do about an error; codes are stable, messages are for reading. */
function advice(error: AuditError): string {
  switch (error.code) {
    case "ERR_CONFIG":
    case "ERR_UNAUTHENTICATED":
      return "Check the AUDITGATE_… variables.";
    case "ERR_NOT_FOUND":
    case "ERR_ARGUMENT":
      return "Check DWS_CLUSTER_ID and DDS_INSTANCE_ID.";
    case "ERR_FORBIDDEN":
      return "The user needs dws:cluster:listAuditLog, dws:cluster:listHistoryConfig and dds:instance:listAuditLog.";
    case "ERR_INCOMPLETE":
      return "Records came or went while they were read: run it again.";
    default:
      return "Try again later.";
  }
}

try {
  await main();
} catch (error) {
  if (AuditError.is(error)) console.error(`${error.code}: ${error.message} ${advice(error)}`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
