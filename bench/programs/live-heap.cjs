// Loaded before a program, with --expose-gc: what is alive in its heap at most, written to a file when it ends.
const { writeFileSync } = require("node:fs");

const OFTEN_MS = 250;

let most = 0;
function look() {
  globalThis.gc();
  most = Math.max(most, process.memoryUsage().heapUsed);
}
setInterval(look, OFTEN_MS).unref();
process.on("exit", () => {
  writeFileSync(process.env.BENCH_LIVE_HEAP, JSON.stringify({ liveMb: most / 1e6 }));
});
