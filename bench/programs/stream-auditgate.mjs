// Streams one list with every check, keeping nothing.
import { createClient, dwsParameterModificationRecords, records } from "@auditgate/core";

import { watchMemory } from "./rss.mjs";

const task = JSON.parse(process.env.BENCH_TASK);
const client = createClient({ timeoutMs: 3_600_000 });
const memory = watchMemory();
const started = performance.now();
let count = 0;
const args = { clusterId: task.cluster };
for await (const record of records(client, dwsParameterModificationRecords, args, task.reading)) {
  if (record.id !== null) count++;
}
const ms = performance.now() - started;
const figures = memory();
await client.close();
console.log(JSON.stringify({ records: count, ms, perSecond: count / (ms / 1000), ...figures }));
