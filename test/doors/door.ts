import { snakeCase } from "@auditgate/core";

import type { Bench, Env, Outcome } from "./bench.ts";

/** One way to the audit data. */
export interface Door {
  readonly name: string;
  /** Prepares a program that reads all queries; `literals` are provider arguments in its text, in snake_case. */
  open(bench: Bench, literals?: Env): Promise<Project>;
  /** What of core's readings can come out of this way; absent: all. */
  arrives?(readings: Readings): Readings;
  /** Whether its own tool shows stacks of the user's program, whatever we say. */
  readonly showsStacks?: true;
}

/** What to read is in the environment, under the names that {@link question} gives. */
export interface Project {
  /** Plan or preview: reads, and says whether anything would change. */
  plan(env?: Env): Promise<Outcome & { readonly empty: boolean }>;
  /** Reads and stores. */
  apply(): Promise<void>;
  /** What was stored, by name, with keys in snake_case. */
  outputs(): Promise<Readings>;
  /** All that can be seen of what is stored and planned, other than files; logs as detailed as they get. */
  traces(): Promise<string>;
}

export interface Readings {
  readonly [name: string]: Reading;
}

export interface Reading {
  readonly id: string;
  readonly records: readonly object[];
}

/** Variables that say what to read. */
export function question(asked: {
  readonly clusterId: string;
  readonly instanceId: string;
  readonly startTime: string;
  readonly endTime: string;
}): Env {
  return Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [`TF_VAR_${snakeCase(name)}`, value]),
  );
}

/** What the bridge to Terraform providers makes of lists' names, which Pulumi wants in the plural. */
const PLURALS: Readonly<Record<string, string>> = {
  by_nodes: "by_node",
  by_results: "by_result",
  by_statuses: "by_status",
};

/** What every door gives of a reading, in Terraform's spelling. */
export function reading(value: unknown): Reading {
  const { id, records, summary, total, complete, digest } = inSnakeCase(value) as Reading &
    Record<string, unknown>;
  return { id, records, summary, total, complete, digest } as Reading;
}

/** Provider arguments as TypeScript spells them. */
export function camelCased(args: Env): Env {
  const camelCase = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [camelCase(name), value]));
}

function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const own = snakeCase(name);
      return [PLURALS[own] ?? own, inSnakeCase(inner)];
    }),
  );
}
