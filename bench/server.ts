/**
 * The emulator as the benchmark's server, in a process of its own: `node bench/server.ts '<ServerOptions as JSON>'`.
 *
 * Prints `{ url, emulatorUrl, env }` as one line of JSON and serves until its stdin ends.
 */
import { generateData, sample, startEmulator } from "@auditgate/emulator";

import { startMemory } from "./memory.ts";
import { loadedData, type ServerOptions } from "./server-data.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as ServerOptions;
const emulator = await startEmulator({ data: loadedData(generateData(), options) });
const memory = await startMemory(emulator.url, options.latencyMs ?? 0);
const env = Object.fromEntries(
  Object.entries(emulator.env).map(([name, value]) => [name, value.replace(emulator.url, memory.url)]),
);
console.log(JSON.stringify({ url: memory.url, emulatorUrl: emulator.url, env, token: sample.auditor.token }));
process.stdin.on("end", () => process.exit(0)).resume();
