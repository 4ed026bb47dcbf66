import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Passed } from "./memory.ts";
import type { ServerOptions } from "./server-data.ts";

/** A running server of the benchmark. */
export interface Server {
  /** Answers from memory what was asked before. */
  readonly url: string;
  /** The emulator behind it. */
  readonly emulatorUrl: string;
  /** Variables that point auditgate at it. */
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  /** What passed since this was last asked. */
  passed(): Promise<Passed>;
  close(): Promise<void>;
}

/** Starts `server.ts` in a process of its own. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const program = join(import.meta.dirname, "server.ts");
  const child = spawn(
    process.execPath,
    ["--conditions=@auditgate/source", program, JSON.stringify(options)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = once(child, "exit");
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(() => Promise.reject(new Error("the benchmark's server ended before it was ready"))),
  ])) as [string];
  const facts = JSON.parse(line) as Pick<Server, "url" | "emulatorUrl" | "env" | "token">;
  return {
    ...facts,
    passed: async () => (await (await fetch(`${facts.url}/_bench`)).json()) as Passed,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
