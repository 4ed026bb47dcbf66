import type { ServerResponse } from "node:http";
import { idTokenOptions } from "./admin-id-tokens.ts";
import { addOwner, changeOwner, type Owners, removeOwner } from "./admin-owners.ts";
import type { Emulator } from "./contract.ts";
import { parseData } from "./data/data-file.ts";
import { parseFaults } from "./faults/parse.ts";
import type { ApiRequest } from "./http/request.ts";
import { Misfit } from "./data/shape.ts";
import { addRecord, findList, findRecord, type Row, type Trail } from "./trails/trail.ts";

/** What the administration answers. */
interface Reply {
  status: number;
  body: unknown;
}

type Administer = (
  emulator: Emulator,
  request: ApiRequest,
  parts: readonly string[],
) => Reply | Promise<Reply>;

/** The administration below `/_emulator`, for programs in other processes; it asks for no credentials. */
export async function administer(
  emulator: Emulator,
  request: ApiRequest,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = await reply(emulator, request);
  const text = body === undefined ? "" : `${JSON.stringify(body, undefined, 1)}\n`;
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}

async function reply(emulator: Emulator, request: ApiRequest): Promise<Reply> {
  // Ids and names here never need percent encoding.
  const parts = request.path.split("/").slice(2);
  const kind = `${request.method} ${[parts[0], parts[2]].filter(Boolean).join("/")}`;
  const found = operations[kind];
  if (found === undefined)
    return failure(404, `no such operation; there are ${Object.keys(operations).join(", ")}`);
  try {
    return await found(emulator, request, parts);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Misfit) return failure(400, error.message);
    throw error;
  }
}

const trails: Record<string, Trail> = {
  dumps: "dumps",
  "parameter-changes": "parameters",
  "audit-logs": "logs",
};

/** By method and path, ids left out. */
const operations: Record<string, Administer> = {
  "GET ": (emulator) => ok({ url: emulator.url, env: emulator.env, requests: emulator.requests.length }),
  "GET data": (emulator) => ok(emulator.data),
  "PUT data": (emulator, request) => {
    const data = parseData(bodyOf(request));
    emulator.update(() => data);
    return done;
  },
  "POST reset": async (emulator) => {
    await emulator.reset();
    return done;
  },
  "GET requests": (emulator) => ok(emulator.requests),
  "DELETE requests": (emulator) => {
    emulator.requests.length = 0;
    return done;
  },
  "POST faults": (emulator, request) => {
    const faults = parseFaults(bodyOf(request));
    for (const fault of faults) emulator.inject(fault);
    return { status: 201, body: faults };
  },
  "DELETE faults": async (emulator) => {
    await emulator.clearFaults();
    return done;
  },
  "POST id-tokens": (emulator, request) => {
    const options = idTokenOptions(request.body.length === 0 ? {} : bodyOf(request));
    return { status: 201, body: { value: emulator.issueIdToken(options) } };
  },
  "POST clusters": add,
  "PATCH clusters": change,
  "DELETE clusters": remove,
  "POST instances": add,
  "PATCH instances": change,
  "DELETE instances": remove,
  "POST clusters/dumps": addToTrail,
  "PATCH clusters/dumps": changeInTrail,
  "DELETE clusters/dumps": removeFromTrail,
  "POST clusters/parameter-changes": addToTrail,
  "PATCH clusters/parameter-changes": changeInTrail,
  "DELETE clusters/parameter-changes": removeFromTrail,
  "POST instances/audit-logs": addToTrail,
  "PATCH instances/audit-logs": changeInTrail,
  "DELETE instances/audit-logs": removeFromTrail,
};

/** `POST /_emulator/clusters`, `POST /_emulator/instances`. */
function add(emulator: Emulator, request: ApiRequest, [owners]: readonly string[]): Reply {
  return { status: 201, body: addOwner(emulator, ownersOf(owners), rowOf(request)) };
}

/** `PATCH /_emulator/clusters/{id}`, `PATCH /_emulator/instances/{id}`. */
function change(emulator: Emulator, request: ApiRequest, [owners, id = ""]: readonly string[]): Reply {
  const changed = changeOwner(emulator, ownersOf(owners), id, rowOf(request));
  return changed === undefined ? failure(404, `there is no ${id}`) : ok(changed);
}

/** `DELETE /_emulator/clusters/{id}`, `DELETE /_emulator/instances/{id}`. */
function remove(emulator: Emulator, _request: ApiRequest, [owners, id = ""]: readonly string[]): Reply {
  return removeOwner(emulator, ownersOf(owners), id) ? done : failure(404, `there is no ${id}`);
}

function ownersOf(name: string | undefined): Owners {
  return name === "instances" ? "instances" : "clusters";
}

/** `POST /_emulator/clusters/{id}/dumps`, and so on: adds a record; what the body leaves out is made up. */
function addToTrail(emulator: Emulator, request: ApiRequest, parts: readonly string[]): Reply {
  const [, ownerId = "", name = ""] = parts;
  const given = rowOf(request);
  const trail = trails[name] ?? "dumps";
  let record: Row | undefined;
  emulator.update((data) => {
    record = addRecord(data, trail, ownerId, given, emulator.now());
  });
  return record === undefined ? failure(404, `there is no ${ownerId}`) : { status: 201, body: record };
}

/** `PATCH /_emulator/clusters/{id}/dumps/latest`, or an id, or the index of a dump: changes fields of a record. */
function changeInTrail(emulator: Emulator, request: ApiRequest, parts: readonly string[]): Reply {
  const change = rowOf(request);
  return withRecord(emulator, parts, (list, record) => {
    Object.assign(record, change);
    return ok(list[list.indexOf(record)]);
  });
}

/** `DELETE …/dumps/latest`, or an id, or the index of a dump. */
function removeFromTrail(emulator: Emulator, _request: ApiRequest, parts: readonly string[]): Reply {
  return withRecord(emulator, parts, (list, record) => {
    list.splice(list.indexOf(record), 1);
    return done;
  });
}

function withRecord(
  emulator: Emulator,
  [, ownerId = "", name = "", which = "latest"]: readonly string[],
  act: (list: Row[], record: Row) => Reply,
): Reply {
  const trail = trails[name] ?? "dumps";
  let answer = failure(404, `there is no record ${which} of ${ownerId}`);
  emulator.update((data) => {
    const list = findList(data, trail, ownerId);
    const record = list === undefined ? undefined : findRecord(list, trail, which);
    if (list !== undefined && record !== undefined) answer = act(list, record);
  });
  return answer;
}

function rowOf(request: ApiRequest): Row {
  const value = request.body.length === 0 ? {} : bodyOf(request);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Misfit("", "an object with the fields of the record", value);
  return { ...value };
}

function bodyOf(request: ApiRequest): unknown {
  return JSON.parse(request.body.toString("utf8"));
}

const done: Reply = { status: 204, body: undefined };

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function failure(status: number, error: string): Reply {
  return { status, body: { error } };
}
