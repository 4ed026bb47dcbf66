import { createClient, dwsParameterModificationRecords, read, records } from "@auditgate/core";
import { sample } from "@auditgate/emulator";

// Run by load.test.ts in a process of its own: reads or streams, and prints what it took as JSON.

const [, , mode] = process.argv;
const collectGarbage = globalThis.gc ?? (() => {});
const heap = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

await using client = createClient({ timeoutMs: 3_600_000 });
const args = { clusterId: sample.clusters.busy };
const before = heap();
let peakRss = 0;
const watch = setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage.rss())), 20);
const started = performance.now();
let count = 0;
let kept: unknown;
if (mode === "read") {
  const reading = await read(client, dwsParameterModificationRecords, args);
  count = reading.records.length;
  kept = reading;
} else {
  for await (const record of records(client, dwsParameterModificationRecords, args)) count += record ? 1 : 0;
}
const ms = performance.now() - started;
clearInterval(watch);
const grownBytes = heap() - before;
console.log(JSON.stringify({ count, ms, peakRss, grownBytes, kept: kept !== undefined }));
