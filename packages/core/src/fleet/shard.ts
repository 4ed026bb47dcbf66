import { createHash } from "node:crypto";
import { AuditError } from "../errors.ts";

/** One part of several that judge a policy together, each its own clusters and instances. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  /** Number of parts. */
  readonly count: number;
}

/** @throws {AuditError} `ERR_ARGUMENT` unless `index` is one of 1 to `count`. */
export function checkShard({ index, count }: Shard): void {
  if (Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 1 && index <= count) return;
  throw new AuditError("ERR_ARGUMENT", "shard must have a whole index from 1 to its whole count.", {
    argument: "shard",
  });
}

/** The index of the shard, of `count`, that a subject belongs to: the same on every machine, whatever else there is. */
export function shardOf(subject: string, count: number): number {
  const hash = createHash("sha256").update(subject).digest();
  return (hash.readUIntBE(0, 6) % count) + 1;
}
