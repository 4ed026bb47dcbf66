import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseQuery, type ApiRequest } from "../http/request.ts";

const largestBody = 64 * 1024 * 1024;

/** Reads a request to its end; a body beyond 64 MiB is cut. */
export async function receive(message: IncomingMessage): Promise<ApiRequest> {
  const target = message.url ?? "/";
  const question = target.indexOf("?");
  return {
    id: randomBytes(16).toString("hex"),
    method: message.method ?? "GET",
    target,
    path: question < 0 ? target : target.slice(0, question),
    query: parseQuery(question < 0 ? "" : target.slice(question + 1)),
    headers: message.headers,
    body: await readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largestBody) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
