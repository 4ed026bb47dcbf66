/**
 * Reads for a test, with the part of the provider that reads, whose file is named by the first argument. One message for
 * each call of {@link ./core.ts}, one back for each answer.
 */
import { createRequire } from "node:module";

import type * as Core from "@auditgate/core";
import type { Client, ClientOptions, ReadOptions, Scope } from "@auditgate/core";

import type { Answer, Call } from "./messages.ts";

const core: typeof Core = createRequire(import.meta.url)(process.argv[2] ?? "");

const clients = new Map<number, Client>();
const aborts = new Map<number, AbortController>();
const say = (answer: Answer) => process.send?.(answer);

function createClient(id: number, { told, ...options }: Extract<Call, { op: "create" }>["options"]): Client {
  const listening: ClientOptions = {
    ...options,
    ...(told.logger && {
      logger: {
        debug: (message, fields) => say({ client: id, event: "debug", args: [message, fields] }),
        warn: (message, fields) => say({ client: id, event: "warn", args: [message, fields] }),
      },
    }),
    ...(told.onWait && { onWait: (waiting) => say({ client: id, event: "wait", args: [waiting] }) }),
  };
  return core.createClient(listening);
}

function clientOf(id: number): Client {
  const client = clients.get(id);
  if (!client) throw new Error(`no client ${id}`);
  return client;
}

async function perform(call: Call): Promise<unknown> {
  switch (call.op) {
    case "create":
      return void clients.set(call.client, createClient(call.client, call.options));
    case "with":
      return void clients.set(call.client, clientOf(call.of).with(call.scope as Scope));
    case "close":
      return clientOf(call.client).close();
    case "abort":
      return aborts.get(call.read)?.abort();
    case "read": {
      const abort = new AbortController();
      aborts.set(call.call, abort);
      const query = core.queries[call.query as keyof typeof core.queries] as never;
      const options = { ...(call.options as ReadOptions), signal: abort.signal };
      return core.read(clientOf(call.client), query, call.args as never, options);
    }
  }
}

process.on("message", (call: Call) => {
  perform(call).then(
    (result) => say({ call: call.call, result }),
    (error: unknown) => {
      if (!(error instanceof Error)) throw error;
      say({
        call: call.call,
        error: { ...Object.fromEntries(Object.entries(error)), message: error.message },
      });
    },
  );
});
process.on("disconnect", () => process.exit(0));
