import { readFileSync } from "node:fs";

// Resident memory of this process while it works.
export function watchMemory() {
  const samples = [];
  const take = () => samples.push(process.memoryUsage.rss());
  take();
  const timer = setInterval(take, 20);
  return () => {
    clearInterval(timer);
    take();
    const mb = (bytes) => bytes / 1_000_000;
    const tenth = Math.ceil(samples.length / 10);
    const peak = (part) => mb(Math.max(...part));
    return {
      rssMb: mb(peakBytes()),
      // Of the stretch after the start, and of the last one: equal where memory is flat.
      earlyMb: peak(samples.slice(tenth, 3 * tenth + 1)),
      lateMb: peak(samples.slice(-2 * tenth)),
    };
  };
}

// Linux counts in `maxRSS` what the parent had when it started this program.
function peakBytes() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * 1024;
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return Number(kib) * 1024;
}
