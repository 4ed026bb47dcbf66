import { createHash } from "node:crypto";
import { type Client, createClient, type Logger, type Settings } from "@auditgate/core";
import { keyOf } from "./config.ts";

const clients = new Map<string, Client>();

/**
 * The client of these settings and this environment, made once per process, so that readings share connections
 * and sign in once. Idle connections do not keep a process alive.
 */
export function clientOf(settings: Settings, logger: Logger): Client {
  // Hashed, for a key should not be a second copy of the credentials.
  const key = createHash("sha256")
    .update(JSON.stringify([settings, process.env]))
    .digest("hex");
  const known = clients.get(key);
  if (known) return known;
  const client = createClient({ settings, settingOrigin: keyOf, logger });
  clients.set(key, client);
  return client;
}
