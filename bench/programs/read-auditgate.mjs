// Reads both lists whole with every check, and prints what it took as JSON.
import { createClient, ddsAuditLogs, dwsParameterModificationRecords, read } from "@auditgate/core";

const task = JSON.parse(process.env.BENCH_TASK);
const rounds = [];
const cpu = [];
for (let round = 0; round < task.rounds; round++) {
  const client = createClient({ timeoutMs: 3_600_000 });
  const startedCpu = process.cpuUsage();
  const started = performance.now();
  const readings = await Promise.all([
    read(client, dwsParameterModificationRecords, { clusterId: task.cluster }),
    read(client, ddsAuditLogs, { instanceId: task.instance, startTime: task.from, endTime: task.to }),
  ]);
  rounds.push(performance.now() - started);
  const { user, system } = process.cpuUsage(startedCpu);
  cpu.push((user + system) / 1000);
  await client.close();
  const broken = readings.find((reading) => !reading.complete);
  if (broken) throw new Error(broken.incompleteReason);
  task.records = readings.reduce((count, reading) => count + reading.records.length, 0);
}
console.log(
  JSON.stringify({
    coldMs: rounds[0],
    warmMs: rounds.at(-1),
    coldCpuMs: cpu[0],
    warmCpuMs: cpu.at(-1),
    records: task.records,
  }),
);
