// Judges the dumps of many clusters.
import { createClient, evaluateGate } from "@auditgate/core";

import { watchMemory } from "./rss.mjs";

const task = JSON.parse(process.env.BENCH_TASK);
const client = createClient({ timeoutMs: 3_600_000 });
const policy = {
  dwsAuditDumpRecords: [
    {
      clusterIds: task.clusters,
      except: task.except,
      within: "1d",
      maxAge: "3h",
      maxFailures: 0,
      maxGap: "2h",
    },
  ],
};
const memory = watchMemory();
const started = performance.now();
const { passed, evidence, violations } = await evaluateGate(client, policy);
const ms = performance.now() - started;
const figures = memory();
await client.close();
if (!passed) throw new Error(violations[0].message);
console.log(JSON.stringify({ records: evidence.readings.length, ms, ...figures }));
