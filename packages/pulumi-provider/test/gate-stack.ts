import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConfigMap, OutputMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample } from "@auditgate/emulator";
import { programStack, type Scratch } from "./stack.ts";

/**
 * What every program begins with. A `Deployment` leaves traces: each create, update and delete adds a line to a
 * file. The programs run in a process of their own, as failing ones would be taken for a failure of the suite.
 */
const PRELUDE = `
import * as pulumi from "@pulumi/pulumi";
import * as auditgate from "@auditgate/pulumi-provider";
const config = new pulumi.Config();
const policy = config.getObject("policy") ?? {};
const trace = async (line, { log }) => (await import("node:fs")).appendFileSync(log, line + "\\n");
const traced = {
  async diff(id, old, now) {
    return { changes: old.version !== now.version };
  },
  async create(inputs) {
    await trace("create " + inputs.name + " " + inputs.version, inputs);
    return { id: inputs.name, outs: inputs };
  },
  async update(id, old, inputs) {
    await trace("update " + inputs.name + " " + inputs.version, inputs);
    return { outs: inputs };
  },
  async delete(id, inputs) {
    await trace("delete " + inputs.name + " " + inputs.version, inputs);
  },
};
class Deployment extends pulumi.dynamic.Resource {
  constructor(name, opts, inputs = {}) {
    const version = config.get("version") ?? "1";
    super(traced, name, { name, version, log: config.require("log"), ...inputs }, opts, "test", "Deployment");
  }
}
`;

/** What previews and updates say of a gate that one violation closes. */
export const CLOSED = /error: (Preview failed: )?The gate is closed: 1 violation\n/;

/** A stack with a gate, and what there is to know about it. */
export interface GateStack {
  readonly stack: Stack;
  /** What deployments have done since this was last asked, one line each. */
  traces(): readonly string[];
  /** Sets configuration of the program; values that are no text as JSON. */
  configure(values: { readonly [name: string]: unknown }): Promise<void>;
}

/** What a stack with a gate can be given. */
export interface GateStackOptions {
  readonly name?: string;
  /** What the program does: it has `pulumi`, `auditgate`, `policy` (configured) and `Deployment` at hand. */
  readonly program: string;
  readonly env?: { readonly [name: string]: string };
  readonly config?: ConfigMap;
}

/** Makes a stack of a program. */
export async function gateStack(
  at: Scratch,
  emulator: Emulator,
  { name = "dev", program, env = {}, config = {} }: GateStackOptions,
): Promise<GateStack> {
  const log = join(at.folder, `${name}.log`);
  const stack = await programStack(at, {
    name,
    env: { ...emulator.env, AUDITGATE_MAX_RETRIES: "0", ...env },
    config: { log: { value: log }, ...config },
    files: { "index.mjs": PRELUDE + program },
  });
  let seen = 0;
  return {
    stack,
    traces() {
      const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
      return lines.slice(seen, (seen = lines.length));
    },
    async configure(values) {
      const texts = Object.entries(values).map(([key, value]) => [
        key,
        { value: typeof value === "string" ? value : JSON.stringify(value) },
      ]);
      await stack.setAllConfig(Object.fromEntries(texts));
    },
  };
}

/** What an operation printed, and whether it went well. */
export interface Run {
  /** Everything that was printed. */
  readonly text: string;
  /** The part with the diagnostics. */
  readonly diagnostics: string;
  readonly code: number;
  readonly outputs: OutputMap;
}

/** Runs an operation that may fail, with everything it prints. */
export async function runOf(
  operation: (options: { onOutput: (text: string) => void }) => Promise<object>,
): Promise<Run> {
  const pieces: string[] = [];
  let code = 0;
  let outputs: OutputMap = {};
  try {
    const result: { outputs?: OutputMap } = await operation({ onOutput: (text) => void pieces.push(text) });
    outputs = result.outputs ?? {};
  } catch (error) {
    code = Number(/failed with exit code (\d+)/.exec(String(error))?.[1]);
    if (!(code > 0)) throw error;
  }
  const text = pieces.join("");
  return { text, diagnostics: text.slice(text.indexOf("Diagnostics:")), code, outputs };
}

/** Makes the newest dump of the healthy cluster a failed one; `emulator.reset()` takes it back. */
export function failNewestDump(emulator: Emulator): void {
  changeNewestDump(emulator, { result: "FAILED", failed_reason: "The OBS bucket does not exist." });
}

export function changeNewestDump(emulator: Emulator, change: object): void {
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
    if (!Array.isArray(dumps) || !dumps[0]) throw new Error("the sample has no dumps");
    dumps[0] = { ...dumps[0], ...change };
  });
}
