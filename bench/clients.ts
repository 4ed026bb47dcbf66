import { isDeepStrictEqual } from "node:util";

import { sample } from "@auditgate/emulator";

import { runSteps, type Step } from "../scripts/progress.ts";
import { plainEnvironment, programsFolder, run } from "./program.ts";
import { officialReaders, type Reader, readerTask } from "./readers.ts";
import { type Server, startServer } from "./serving.ts";
import { type Window, windowsOf } from "./targets.ts";

const HOUR_MS = 3_600_000;
const DAYS = 40;

interface Row {
  readonly [name: string]: unknown;
}

type Lists = Readonly<Record<"dumps" | "parameters" | "logs", readonly Row[]>>;

/**
 * Reads the emulator's data with each of the official clients (Python and Go SDK, Node core) and compares what they say
 * with the data: the clients sign and page by the vendor's own code, so the emulator answers as they expect. They come
 * from their registries into the cache folder beside the engines.
 */
export async function testClients(): Promise<void> {
  const to = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const windows = windowsOf(to - DAYS * 24 * HOUR_MS, to);
  const newest = new Date(to).toISOString();
  const server = await startServer({ parameterRecords: 250, logs: 450, newest });
  const programs = programsFolder();
  const missing: string[] = [];
  try {
    const expected = await dataOf(server, windows);
    const readers = await officialReaders(programs, { report: () => undefined }, missing);
    const steps = readers.map((reader): Step => ({
      title: reader.name,
      run: async () => compare(await readingOf(reader, server, windows), expected),
    }));
    await runSteps(steps, { keepGoing: true });
  } finally {
    await server.close();
    programs.remove();
  }
  if (missing.length > 0) throw new Error(missing.join("\n"));
}

async function readingOf(reader: Reader, server: Server, windows: readonly Window[]): Promise<Lists> {
  const task = { ...readerTask(server, server.emulatorUrl, windows), ...reader.more, show: true };
  const env = plainEnvironment({ BENCH_TASK: JSON.stringify(task) });
  return JSON.parse(await run(reader.program, reader.args, { env })) as Lists;
}

function compare(reading: Lists, expected: Lists): string {
  const names = ["dumps", "parameters", "logs"] as const;
  for (const name of names) {
    const [found, wanted] = [reading[name].map(known), expected[name].map(known)];
    if (isDeepStrictEqual(found, wanted)) continue;
    const at = wanted.findIndex((row, index) => !isDeepStrictEqual(row, found[index]));
    throw new Error(
      `${name}: ${found.length} of ${wanted.length}; number ${at} is ${JSON.stringify(found[at])}, not ${JSON.stringify(wanted[at])}`,
    );
  }
  return names.map((name) => `${reading[name].length} ${name}`).join(", ");
}

/** The fields that say something: some clients leave the others out, some say null. */
function known(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What the emulator holds, asked for with a token, in pages larger than those of the clients where it allows that. */
async function dataOf(server: Server, windows: readonly Window[]): Promise<Lists> {
  const { project, clusters, instances } = sample;
  const get = async (path: string, parameters: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams(parameters).toString();
    const answer = await fetch(`${server.emulatorUrl}${path}?${query}`, {
      headers: { "x-auth-token": server.token },
    });
    return (await answer.json()) as Readonly<Record<string, readonly Row[]>>;
  };
  const cluster = clusters.busy;
  const { records: dumps = [] } = await get(`/v1.0/${project.id}/clusters/${cluster}/audit-log-records`);
  const { records: parameters = [] } = await get(
    `/v1/${project.id}/clusters/${cluster}/configurations/audit-records`,
    { limit: "1000", offset: "0" },
  );
  const logs: Row[] = [];
  for (const { start, end } of windows) {
    for (let offset = 0; ; offset += 100) {
      const path = `/v3/${project.id}/instances/${instances.healthy}/auditlog`;
      const page = { start_time: start, end_time: end, limit: "100", offset: String(offset) };
      const { audit_logs: rows = [] } = await get(path, page);
      logs.push(...rows);
      if (rows.length < 100) break;
    }
  }
  return { dumps, parameters, logs };
}
