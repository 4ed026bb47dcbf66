import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly date: string;
  /** Mean number of processes that wanted a core during the minute before. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    date: new Date().toISOString(),
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

export function machineText(machine: Machine): string {
  const { processor, cores, memoryGb, system, node, date, loadBefore } = machine;
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node.js ${node}, ${date}, load before: ${loadBefore}`;
}
