import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../http/answer.ts";
import { decide } from "./decide.ts";
import type { EmulatorOptions, RequestLog } from "../contract.ts";
import { alteredAnswer, alteredRequest, replacement } from "../faults/alter.ts";
import { meet, type Effects, type Entry } from "../faults/board.ts";
import type { Api, ApiRequest, Caller } from "../http/request.ts";
import { findRoute } from "./routes.ts";
import { send } from "./send.ts";
import type { State } from "../data/state.ts";
import { changeOwners } from "../listings/owners.ts";
import { addRecord, findList, removeOldest, type Trail } from "../trails/trail.ts";

/** What an exchange works with. */
export interface Workplace {
  state: State;
  entries: readonly Entry[];
  requests: RequestLog[];
  url: string;
  options: EmulatorOptions;
}

const longestLog = 100_000;

/** Answers one request to the APIs, with whatever the faults make of it. */
export async function exchange(
  { state, entries, requests, url, options }: Workplace,
  request: ApiRequest,
  response: ServerResponse,
): Promise<void> {
  const found = findRoute(request.method, request.path);
  const api = found?.route.api ?? "unknown";
  const log: RequestLog = {
    api,
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    status: 0,
    auth: "none",
  };
  requests.push(log);
  if (requests.length > longestLog) requests.splice(0, longestLog / 10);
  const effects = meet(entries, api, request, performance.now());
  try {
    const waitMs = (options.latencyMs ?? 0) + (effects.delayMs ?? 0);
    if (waitMs > 0) await sleep(waitMs);
    changeData(state, api, found?.params ?? [], effects);
    if (options.onRequest !== undefined) {
      options.onRequest(state.data, log);
      state.version++;
    }
    const skewMs = effects.clockSkewMs ?? 0;
    const { answer, caller } = ask(state, api, request, effects);
    log.auth = caller?.auth ?? "none";
    const serverMs = state.now() + skewMs;
    const altered = alteredAnswer(answer, effects, url, request.target, serverMs);
    const headers = {
      "X-Request-Id": request.id,
      Date: new Date(serverMs).toUTCString(),
      ...altered.headers,
    };
    log.status = await send(response, { ...altered, headers }, effects);
  } finally {
    effects.release();
    options.log?.(`${log.status} ${request.method} ${request.path} (${api}, ${log.auth})`);
  }
}

function ask(
  state: State,
  api: Api,
  request: ApiRequest,
  effects: Effects,
): { answer: Answer; caller: Caller | undefined } {
  const instead = replacement(effects);
  if (instead !== undefined) return { answer: instead, caller: undefined };
  const seen = alteredRequest(request, effects, api === "parameters" ? "page" : "record");
  return decide(state, seen, {
    order: effects.order ?? "as-is",
    window: effects.window ?? "touching",
    skewMs: effects.clockSkewMs ?? 0,
  });
}

/** What a fault does to the state before the request is answered. */
function changeData(
  state: State,
  api: Api,
  [projectId = "", ownerId]: readonly string[],
  effects: Effects,
): void {
  if (effects.expireTokens === true) {
    for (const session of [...state.tokens.values(), ...state.temporaryKeys.values()]) session.expires = 0;
  }
  if (effects.insert === undefined && effects.remove === undefined) return;
  if (api === "clusters" || api === "instances") changeOwners(state, api, projectId, effects);
  if (!isTrail(api) || ownerId === undefined) return;
  for (let count = effects.insert ?? 0; count > 0; count--)
    addRecord(state.data, api, ownerId, {}, state.now());
  const list = findList(state.data, api, ownerId);
  if (list !== undefined) removeOldest(list, api, effects.remove ?? 0);
  state.version++;
}

function isTrail(api: Api): api is Trail {
  return api === "dumps" || api === "parameters" || api === "logs";
}
