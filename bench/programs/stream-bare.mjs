// A stream by undici, JSON.parse and zod: so many pages under way, given out in order, nothing kept.
import { Agent, request } from "undici";
import { z } from "zod";

import { watchMemory } from "./rss.mjs";

const task = JSON.parse(process.env.BENCH_TASK);
const text = z.string().nullable();
const body = z.object({
  records: z.array(
    z.object({
      id: text,
      operator: text,
      start_time: text,
      end_time: text,
      status: text,
      failed_reason: text,
    }),
  ),
  count: z.int(),
});
const dispatcher = new Agent({ connections: task.ahead });

async function page(offset) {
  const target = `${task.url}${task.path}?limit=${task.pageSize}&offset=${offset}`;
  const answer = await request(target, { dispatcher, headers: { "x-auth-token": task.token } });
  return body.parse(JSON.parse(await answer.body.text())).records;
}

async function* all() {
  const pages = Math.ceil(task.count / task.pageSize);
  const queue = [];
  let next = 0;
  while (queue.length < task.ahead && next < pages) queue.push(page(next++));
  while (queue.length > 0) {
    const rows = await queue.shift();
    if (next < pages) queue.push(page(next++));
    for (const row of rows) yield row;
  }
}

const memory = watchMemory();
const started = performance.now();
let count = 0;
for await (const record of all()) {
  if (record.id !== null) count++;
}
const ms = performance.now() - started;
const figures = memory();
await dispatcher.close();
console.log(JSON.stringify({ records: count, ms, perSecond: count / (ms / 1000), ...figures }));
