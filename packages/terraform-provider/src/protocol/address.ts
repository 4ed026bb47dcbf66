import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LOOPBACK = "127.0.0.1";
/** What engines offer where they say nothing. */
const PORTS = { first: 10_000, last: 25_000 };

/** Where an engine connects to: the path of a unix socket, or `127.0.0.1:PORT`. */
export type Address = string;

/**
 * Serves at an address that is free: a unix socket, and on Windows a port of this machine, of those that the engine allows.
 *
 * @param serve - Rejects with `EADDRINUSE` where somebody else is there.
 * @throws {Error} where all ports are taken.
 */
export async function serveSomewhere(
  env: NodeJS.ProcessEnv,
  serve: (address: Address) => Promise<unknown>,
  platform: NodeJS.Platform = process.platform,
): Promise<Address> {
  if (platform !== "win32") {
    const socket = createSocketPath(env);
    await serve(socket);
    return socket;
  }
  const first = Number(env["PLUGIN_MIN_PORT"]) || PORTS.first;
  const last = Number(env["PLUGIN_MAX_PORT"]) || PORTS.last;
  for (let port = first; port <= last; port++) {
    const address = `${LOOPBACK}:${port}`;
    try {
      await serve(address);
      return address;
    } catch (error) {
      // Windows keeps some ports for itself, and says that they are forbidden.
      if (!["EADDRINUSE", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  throw new Error(`no port from ${first} to ${last} is free`);
}

/** As Go names the kind of an address. */
export function networkOf(address: Address): "unix" | "tcp" {
  return portOf(address) === undefined ? "unix" : "tcp";
}

/** What `listen` of a server takes. */
export function listenOptions(address: Address): { path: string } | { host: string; port: number } {
  const port = portOf(address);
  return port === undefined ? { path: address } : { host: LOOPBACK, port };
}

function portOf(address: Address): number | undefined {
  const [, port] = /^127\.0\.0\.1:(\d+)$/.exec(address) ?? [];
  return port === undefined ? undefined : Number(port);
}

// In a folder that only this user can enter; it goes when the process does.
function createSocketPath(env: NodeJS.ProcessEnv): string {
  const parent = env["PLUGIN_UNIX_SOCKET_DIR"] || tmpdir();
  // The address of a socket holds about 100 bytes; some systems' own temporary folders have longer names.
  const folder = mkdtempSync(join(Buffer.byteLength(parent) > 80 ? "/tmp" : parent, "auditgate-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "s");
}
