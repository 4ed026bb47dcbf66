import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";
import { UsageError } from "@auditgate/cli/parts";
import type { RedisOptions } from "ioredis";

/** Where Redis is, and how one signs in there. */
export interface RedisAddress {
  /** What messages call it: never with its password. */
  readonly name: string;
  readonly options: RedisOptions;
}

/**
 * The address that a URL is, `redis://[user[:password]@]host[:port][/database]`, or `rediss://` for TLS. The password
 * may be beside it, for command lines are seen by others.
 *
 * @param caFile - PEM file of further certificate authorities, beside those of Node and of the system.
 * @throws {UsageError} For what is no such URL, and a file that cannot be read.
 */
export function redisAddress(
  text: string | undefined,
  password: string | undefined,
  caFile: string | undefined,
): RedisAddress {
  if (text === undefined) throw new UsageError("give --redis, or set AUDITGATE_FLEET_REDIS");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = /^\/?(\d{0,4})$/.exec(url?.pathname ?? "")?.[1];
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === "" || database === undefined) {
    // Not quoted: it may hold a password.
    throw new UsageError(
      "--redis must be a URL such as redis://127.0.0.1:6379 or rediss://redis.example:6379/0",
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? 6379 : Number(url.port);
  const username = decodeURIComponent(url.username);
  const secret = url.password === "" ? password : decodeURIComponent(url.password);
  const encrypted = url.protocol === "rediss:";
  if (caFile !== undefined && !encrypted)
    throw new UsageError("--redis-ca is for rediss://, and the URL is not");
  return {
    name: `${url.protocol}//${url.hostname}:${port}`,
    options: {
      host,
      port,
      db: Number(database),
      ...(username !== "" && { username }),
      ...(secret !== undefined && secret !== "" && { password: secret }),
      ...(encrypted && { tls: { ca: authorities(caFile) } }),
    },
  };
}

function authorities(file: string | undefined): string[] {
  const own = file === undefined ? [] : [read(file)];
  return [...getCACertificates("default"), ...getCACertificates("system"), ...own];
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
}
