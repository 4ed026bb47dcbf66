import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { engines } from "../../../scripts/engines/locate.ts";

/** A Redis of a test's own, on loopback, that keeps what it knows in an append-only file. */
export interface RedisServer {
  readonly url: string;
  /** What it has written to its disk lies here. */
  readonly folder: string;
  /** For a look inside. */
  readonly client: Redis;
  start(): Promise<void>;
  /** Ends it; with SIGKILL as a power failure would. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it, and leaves nothing. */
  close(): Promise<void>;
}

/** Starts the real server that `npx pnpm@12 engines` has put in place; where it is not there, the test fails. */
export async function startRedis({ password = "" } = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-redis-"));
  const port = await freePort();
  const program = engines()["redis-server"];
  const options = {
    port,
    dir: folder,
    bind: "127.0.0.1",
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
  };
  const settings = { ...options, ...(password !== "" && { requirepass: password }) };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let server: ChildProcess | undefined;
  const client = new Redis({ port, lazyConnect: true, ...(password !== "" && { password }) });
  client.on("error", () => undefined);
  const redis: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    folder,
    client,
    async start() {
      server = spawn(program, args, { stdio: "ignore" });
      while ((await client.ping().catch(() => undefined)) !== "PONG")
        await new Promise((done) => setTimeout(done, 20));
    },
    async stop(signal = "SIGTERM") {
      if (!server) return;
      const ended = once(server, "exit");
      server.kill(signal);
      await ended;
      server = undefined;
    },
    async close() {
      client.disconnect();
      await redis.stop("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
