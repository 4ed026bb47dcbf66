// The practical limit: undici and JSON.parse, one token, all pages at once, the number of pages known beforehand.
import { Agent, request } from "undici";

const task = JSON.parse(process.env.BENCH_TASK);
const rounds = [];
const cpu = [];
const began = performance.now();
for (let round = 0; round < task.rounds; round++) {
  // Without a number of connections undici opens one for each request under way.
  const dispatcher = new Agent(task.connections ? { connections: task.connections } : {});
  const startedCpu = process.cpuUsage();
  const started = performance.now();
  const pages = await Promise.all(
    task.targets.map(async (target) => {
      const { body } = await request(`${task.url}${target}`, {
        dispatcher,
        headers: { "x-auth-token": task.token },
      });
      return JSON.parse(await body.text());
    }),
  );
  rounds.push(performance.now() - started);
  const { user, system } = process.cpuUsage(startedCpu);
  cpu.push((user + system) / 1000);
  await dispatcher.close();
  task.records = pages.reduce((count, page) => count + (page.records ?? page.audit_logs).length, 0);
}
console.log(
  JSON.stringify({
    coldMs: rounds[0],
    warmMs: rounds.at(-1),
    wholeMs: performance.now() - began,
    coldCpuMs: cpu[0],
    warmCpuMs: cpu.at(-1),
    records: task.records,
  }),
);
