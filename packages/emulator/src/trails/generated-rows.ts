import type { AuditLog, Dump, Generated, ParameterChange } from "../data/data.ts";
import { offsetTime, zonelessTime } from "./instant.ts";

/** Records that can be sliced; made on demand, or simply an array. */
export interface Rows<Row> {
  readonly length: number;
  slice(from: number, to: number): readonly Row[];
}

/** `length` records, each made by its index when it is asked for. */
export function lazyRows<Row>(length: number, make: (index: number) => Row): Rows<Row> {
  return {
    length,
    slice(from, to) {
      const end = Math.min(to, length);
      const rows: Row[] = [];
      for (let index = from; index < end; index++) rows.push(make(index));
      return rows;
    },
  };
}

/** Makes the dumps of a generated list by index, newest first: contiguous intervals, each of `everySeconds`. */
export function dumpMaker({ generate }: Generated, clusterId: string): (index: number) => Dump {
  const newestMs = Date.parse(generate.newest);
  const stepMs = generate.everySeconds * 1000;
  return (index) => {
    const end = zonelessTime(newestMs - index * stepMs);
    const begin = zonelessTime(newestMs - (index + 1) * stepMs);
    return {
      result: "SUCCESS",
      cluster_id: clusterId,
      executor_time: begin,
      begin_time: begin,
      end_time: end,
      bucket_name: "audit",
      location_prefix: "generated",
    };
  };
}

/** Makes the parameter changes of a generated list by index, newest first; ids count down to 1. */
export function parameterChangeMaker({ generate }: Generated): (index: number) => ParameterChange {
  const newestMs = Date.parse(generate.newest);
  const stepMs = generate.everySeconds * 1000;
  const durationMs = Math.min(5000, stepMs);
  return (index) => {
    const end = newestMs - index * stepMs;
    return {
      id: String(generate.count - index),
      operator: "generated",
      start_time: new Date(end - durationMs).toISOString(),
      end_time: new Date(end).toISOString(),
      status: "In-Sync",
      failed_reason: null,
    };
  };
}

/** Makes the logs of a generated list by index, newest first; the nodes take turns, each one's logs are contiguous. */
export function auditLogMaker(
  { generate }: Generated,
  instanceId: string,
  nodes: readonly string[],
): (index: number) => AuditLog {
  const newestMs = Date.parse(generate.newest);
  const stepMs = generate.everySeconds * 1000;
  return (index) => {
    const node = nodes[index % nodes.length] ?? "node";
    const end = newestMs - Math.floor(index / nodes.length) * stepMs;
    const id = `${node}_${end}`;
    return {
      id,
      name: `audit_log_${instanceId}_${id}`,
      size: 1_000_000 + ((index * 7919) % 1_000_000),
      node_id: node,
      start_time: offsetTime(end - stepMs),
      end_time: offsetTime(end),
    };
  };
}
