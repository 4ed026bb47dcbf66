import { request } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that answers from memory what another server answered before. */
export interface Memory {
  readonly url: string;
}

/** What passed since it was last asked. */
export interface Passed {
  readonly requests: number;
  readonly bytes: number;
  /** Most requests under way at once. */
  readonly peak: number;
  /** Time that the server's processor was busy [ms]; the same server makes the answers it does not have yet. */
  readonly busyMs: number;
}

/** An answer as it is sent again: the service's time, which clients compare with their own, stands between its parts. */
interface Answer {
  readonly before: Buffer;
  readonly after: Buffer;
}

const DATE = /\r\ndate: /i;
const DATE_LENGTH = "Sat, 28 Nov 2026 12:00:00 GMT".length;
const HEAD_END = Buffer.from("\r\n\r\n");
const VERSION_LENGTH = "HTTP/1.1".length;

/**
 * Puts a memory before a server, so that clients wait for their own work and not for the server's: the first answer
 * to a request (method and target) comes from the server, which checks its signature, every later one from memory as the same
 * bytes but for the time that it says, after `latencyMs`. `GET /_bench` says what passed, {@link Passed}. Only GET without a body.
 */
export async function startMemory(origin: string, latencyMs: number): Promise<Memory> {
  const answers = new Map<string, Promise<Answer>>();
  let requests = 0;
  let bytes = 0;
  let active = 0;
  let peak = 0;
  let usage = process.cpuUsage();

  const answer = (target: string, head: string): Promise<Answer> => {
    const known = answers.get(target);
    if (known) return known;
    const asked = forward(origin, target, head).then(divided);
    answers.set(target, asked);
    // An error is not worth remembering.
    asked
      .then(({ before }) => before.indexOf(" 200 ") === VERSION_LENGTH || answers.delete(target))
      .catch(() => answers.delete(target));
    return asked;
  };
  const passed = (): Buffer => {
    const { user, system } = process.cpuUsage(usage);
    const busyMs = (user + system) / 1000;
    const body = JSON.stringify({ requests, bytes, peak, busyMs } satisfies Passed);
    requests = bytes = peak = 0;
    usage = process.cpuUsage();
    return Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  };
  const respond = async (socket: Socket, head: string): Promise<void> => {
    const target = head.slice(4, head.indexOf(" ", 4));
    if (target === "/_bench") return void socket.write(passed());
    requests++;
    peak = Math.max(peak, ++active);
    const [{ before, after }] = await Promise.all([answer(target, head), wait(latencyMs)]);
    active--;
    bytes += before.length + DATE_LENGTH + after.length;
    if (socket.destroyed) return;
    socket.cork();
    socket.write(before);
    socket.write(new Date().toUTCString());
    socket.write(after);
    socket.uncork();
  };
  const server = createServer({ noDelay: true }, (socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      for (let end = rest.indexOf(HEAD_END); end >= 0; end = rest.indexOf(HEAD_END)) {
        const head = rest.toString("latin1", 0, end);
        rest = rest.subarray(end + HEAD_END.length);
        respond(socket, head).catch(() => socket.destroy());
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", 4096, listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function divided(response: Buffer): Answer {
  const head = response.toString("latin1", 0, response.indexOf(HEAD_END));
  const found = DATE.exec(head);
  if (!found) throw new Error("the server's answer has no date");
  const at = found.index + found[0].length;
  return { before: response.subarray(0, at), after: response.subarray(at + DATE_LENGTH) };
}

function wait(ms: number): Promise<void> | undefined {
  return ms > 0 ? new Promise((done) => setTimeout(done, ms)) : undefined;
}

/** The server's whole answer, as bytes to send again. */
function forward(origin: string, target: string, head: string): Promise<Buffer> {
  const [, ...lines] = head.split("\r\n");
  const headers = lines.flatMap((line) => [
    line.slice(0, line.indexOf(":")),
    line.slice(line.indexOf(":") + 1).trim(),
  ]);
  return new Promise((done, fail) => {
    const outgoing = request(`${origin}${target}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => {
          const body = Buffer.concat(chunks);
          const { "transfer-encoding": _, connection: __, ...kept } = response.headers;
          const named = Object.entries({ ...kept, "content-length": body.length }).map(
            ([name, value]) => `${name}: ${String(value)}\r\n`,
          );
          done(
            Buffer.concat([
              Buffer.from(
                `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n${named.join("")}\r\n`,
              ),
              body,
            ]),
          );
        });
    });
    outgoing.on("error", fail).end();
  });
}
