// Required before a program: prints its peak resident memory as the last thing it does [MB].
const { readFileSync } = require("node:fs");

process.on("exit", () => {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  const bytes = kib === undefined ? process.resourceUsage().maxRSS * 1024 : Number(kib) * 1024;
  process.stderr.write(`\n${JSON.stringify({ rssMb: bytes / 1_000_000 })}\n`);
});
