import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { administer } from "./admin.ts";
import type { EmulatorData } from "./data/data.ts";
import { newEntry, type Entry } from "./faults/board.ts";
import { environment } from "./environment.ts";
import { exchange } from "./serving/exchange.ts";
import type { Emulator, EmulatorOptions, RequestLog } from "./contract.ts";
import { createListener } from "./serving/listener.ts";
import { originProblem } from "./serving/origin.ts";
import { errorBody } from "./http/problem.ts";
import { receive } from "./serving/receive.ts";
import type { ApiRequest } from "./http/request.ts";
import { generateData } from "./sample/generate.ts";
import { issueIdToken } from "./iam/id-tokens.ts";
import { newState } from "./data/state.ts";

/**
 * Starts DWS, DDS and IAM on 127.0.0.1.
 *
 * @throws If the port is taken (`EADDRINUSE`).
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.now ?? (() => new Date());
  const initial = JSON.stringify(options.data ?? generateData({ anchor: clock() }));
  const state = newState(
    options.data ?? (JSON.parse(initial) as EmulatorData),
    () => clock().getTime(),
    options.tokenSeconds ?? 24 * 3600,
  );
  const requests: RequestLog[] = [];
  const entries: Entry[] = [];

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const problem = originProblem(message.headers, options.hosts ?? []);
    if (problem !== undefined) {
      refuse(response, problem);
      return;
    }
    const request: ApiRequest = await receive(message);
    if (request.path.startsWith("/_emulator")) await administer(emulator, request, response);
    else await exchange({ state, entries, requests, url: listener.url, options }, request, response);
  };
  const server = createServer((message, response) => {
    handle(message, response).catch(() => response.destroy());
  });
  const listener = await createListener(server, options.port ?? 0);

  const emulator: Emulator = {
    url: listener.url,
    requests,
    now: () => state.now(),
    get env() {
      return environment(listener.url, state.data);
    },
    get data() {
      return state.data;
    },
    update(change) {
      // Plain JavaScript callers may return anything, such as the length that `push` gives.
      const replaced: unknown = change(state.data);
      if (isData(replaced)) state.data = replaced;
      state.version++;
    },
    issueIdToken: (given) => issueIdToken(state, given),
    inject(fault) {
      const entry = newEntry(fault);
      entries.push(entry);
      if (fault.connection === "refuse") listener.refuse(fault.forMs);
      return {
        fault,
        get hits() {
          return entry.hits;
        },
        remove: async () => {
          const place = entries.indexOf(entry);
          if (place >= 0) entries.splice(place, 1);
          if (fault.connection === "refuse") await listener.accept();
        },
      };
    },
    clearFaults: async () => {
      entries.length = 0;
      await listener.accept();
    },
    reset: async () => {
      emulator.update(() => JSON.parse(initial) as EmulatorData);
      state.tokens.clear();
      state.temporaryKeys.clear();
      state.metadataTokens.clear();
      requests.length = 0;
      await emulator.clearFaults();
    },
    close: async () => {
      const closed = server.listening ? once(server, "close") : Promise.resolve();
      listener.close();
      await closed;
    },
  };
  for (const fault of options.faults ?? []) emulator.inject(fault);
  return emulator;
}

function refuse(response: ServerResponse, problem: string): void {
  // What a stranger's page sends is neither read nor kept, and nothing else goes over its connection.
  response.writeHead(403, { "Content-Type": "application/json", Connection: "close" });
  response.end(JSON.stringify(errorBody("error_code", "EMULATOR.0403", problem)));
}

function isData(value: unknown): value is EmulatorData {
  return typeof value === "object" && value !== null && "clusters" in value && "instances" in value;
}
