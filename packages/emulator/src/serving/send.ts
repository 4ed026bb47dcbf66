import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { bodyText, type Answer } from "../http/answer.ts";
import type { Effects } from "../faults/board.ts";

/** Long enough for what was written to arrive before the connection is reset [ms]. */
const settleMs = 20;

/**
 * Sends an answer, or what a fault leaves of it.
 *
 * @returns The status that was sent, 0 if none was.
 */
export async function send(response: ServerResponse, answer: Answer, effects: Effects): Promise<number> {
  const { connection } = effects;
  if (connection !== undefined && endsUnanswered(connection)) return endUnanswered(response, connection);
  const body = encoded(bodyText(answer), effects);
  const headers: Record<string, string | number> = { "Content-Type": "application/json", ...answer.headers };
  if (effects.encoding !== undefined) headers["Content-Encoding"] = "gzip";
  if (effects.truncate !== "chunked" && effects.padBytes === undefined)
    headers["Content-Length"] = body.length;
  response.writeHead(answer.status, headers);
  if (connection !== undefined) await endInMiddle(response, connection, body);
  else if (effects.truncate === "length" || effects.truncate === "chunked") await sendHalf(response, body);
  else if (effects.drip !== undefined) await drip(response, body, effects.drip);
  else if (effects.padBytes !== undefined) await pad(response, body, effects.padBytes);
  else response.end(body);
  return answer.status;
}

type Connection = NonNullable<Effects["connection"]>;

function endsUnanswered(connection: Connection): boolean {
  return ["reset", "refuse", "close", "hang", "reset-in-headers"].includes(connection);
}

async function endUnanswered(response: ServerResponse, connection: Connection): Promise<number> {
  const { socket } = response;
  if (connection === "hang") await once(response, "close");
  else if (connection === "close") socket?.end();
  else {
    if (connection === "reset-in-headers") {
      socket?.write("HTTP/1.1 200 OK\r\nContent-Type: applic");
      await sleep(settleMs);
    }
    socket?.resetAndDestroy();
  }
  return 0;
}

async function endInMiddle(response: ServerResponse, connection: Connection, body: Buffer): Promise<void> {
  response.flushHeaders();
  if (connection.endsWith("in-body")) response.write(body.subarray(0, body.length >> 1));
  if (connection.startsWith("hang")) await once(response, "close");
  else {
    await sleep(settleMs);
    response.socket?.resetAndDestroy();
  }
}

async function sendHalf(response: ServerResponse, body: Buffer): Promise<void> {
  response.write(body.subarray(0, body.length >> 1));
  await sleep(settleMs);
  response.socket?.end();
}

async function drip(
  response: ServerResponse,
  body: Buffer,
  { bytes, everyMs }: { bytes: number; everyMs: number },
): Promise<void> {
  for (let from = 0; from < body.length && !response.destroyed; from += bytes) {
    response.write(body.subarray(from, from + bytes));
    await sleep(everyMs);
  }
  response.end();
}

async function pad(response: ServerResponse, body: Buffer, padBytes: number): Promise<void> {
  const block = Buffer.alloc(65_536, " ");
  function* blocks(): Generator<Buffer> {
    yield body;
    for (let left = padBytes; left > 0; left -= block.length)
      yield block.subarray(0, Math.min(left, block.length));
  }
  await pipeline(Readable.from(blocks()), response);
}

function encoded(text: string, { encoding, truncate }: Effects): Buffer {
  const body = Buffer.from(truncate === "json" ? text.slice(0, text.length >> 1) : text);
  if (encoding === undefined) return body;
  const zipped = gzipSync(body);
  if (encoding === "gzip-damaged") zipped.fill(0xff, 10, Math.max(11, zipped.length - 8));
  return zipped;
}
