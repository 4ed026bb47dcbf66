/**
 * `@auditgate/core` for suites of it that are run on a form of the provider: clients are of the provider's own build, in
 * the runtime of that form, another process. What they read and throw comes from there; all else is core's own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import {
  AuditError,
  type AuditErrorCode,
  type Client,
  type ClientOptions,
  queries,
  type ReadOptions,
  type Scope,
} from "../../packages/core/src/index.ts";
import type { Answer, Call, FlatError } from "./messages.ts";
import { builtCore, runtime } from "./runtime.ts";

export * from "../../packages/core/src/index.ts";

type Op<Name extends Call["op"]> = Omit<Extract<Call, { readonly op: Name }>, "call" | "op">;

let reader: ChildProcess | undefined;
let count = 0;
const pending = new Map<number, { done(result: unknown): void; fail(error: unknown): void }>();
const listeners = new Map<number, ClientOptions>();
const numbers = new WeakMap<object, number>();

export function createClient({ logger, onWait, ...options }: ClientOptions = {}): Client {
  const client = ++count;
  listeners.set(client, { ...(logger && { logger }), ...(onWait && { onWait }) });
  const told = { logger: logger !== undefined, onWait: onWait !== undefined };
  return remote(client, ask("create", { client, options: { ...options, told } }));
}

function remote(client: number, made: Promise<unknown>): Client {
  // What is wrong with the options is thrown by the first reading.
  made.catch(() => undefined);
  const close = async () => void (await ask("close", { client }).catch(() => undefined));
  const handle = {
    with(scope: Scope) {
      const other = ++count;
      listeners.set(other, listeners.get(client) ?? {});
      return remote(other, ask("with", { client: other, of: client, scope }));
    },
    close,
    [Symbol.asyncDispose]: close,
    made,
  };
  numbers.set(handle, client);
  return handle as unknown as Client;
}

export async function read(
  client: Client & { readonly made?: Promise<unknown> },
  query: object,
  args: object,
  { signal, ...options }: ReadOptions = {},
): Promise<unknown> {
  await client.made;
  const name = Object.entries(queries).find(([, each]) => each === query)?.[0] ?? "";
  const number = count + 1;
  const reading = ask("read", { client: numbers.get(client) ?? 0, query: name, args, options });
  const abort = () => void ask("abort", { read: number });
  signal?.addEventListener("abort", abort, { once: true });
  return reading.finally(() => signal?.removeEventListener("abort", abort));
}

function ask<Name extends Call["op"]>(op: Name, more: Op<Name>): Promise<unknown> {
  const call = ++count;
  const answered = new Promise((done, fail) => pending.set(call, { done, fail }));
  (reader ??= start()).send({ call, op, ...more });
  return answered;
}

function start(): ChildProcess {
  const { command, env } = runtime();
  const child = spawn(command, [join(__dirname, "worker.ts"), builtCore], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.on("message", (answer: Answer) => ("event" in answer ? tell(answer) : settle(answer)));
  child.once("exit", (code) => {
    for (const { fail } of pending.values()) fail(new Error(`the runtime ended with ${code}`));
  });
  child.unref();
  child.channel?.unref();
  return child;
}

function settle({ call, result, error }: Extract<Answer, { readonly call: number }>): void {
  const waiting = pending.get(call);
  pending.delete(call);
  if (error) waiting?.fail(asThrown(error));
  else waiting?.done(result);
}

function tell({ client, event, args }: Extract<Answer, { readonly event: string }>): void {
  const { logger, onWait } = listeners.get(client) ?? {};
  if (event === "wait") onWait?.(args[0] as never);
  else logger?.[event](args[0] as string, args[1] as never);
}

function asThrown({ message, code, ...details }: FlatError): Error {
  return typeof code === "string" && code.startsWith("ERR_")
    ? new AuditError(code as AuditErrorCode, message, details)
    : Object.assign(new Error(message), details, { code });
}
