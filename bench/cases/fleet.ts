import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { type RedisServer, startRedis } from "../../packages/fleet/test/redis.ts";
import { figure, interleave, type Measured, type Sample, type Subject, valuesOf } from "../measure.ts";
import { plainEnvironment, programsFolder, time } from "../program.ts";
import { type Case, ratioOf, rowsOf } from "../result.ts";
import { type Server, startServer } from "../serving.ts";
import { projectId } from "../server-data.ts";

const LATENCY_MS = 50;
const TARGETS = 8;

/** What a fleet costs, by its size and by the number of its workers. */
export const fleetCase: Case = {
  name: "fleet",
  about: "100, 1,000 and 10,000 clusters in 8 targets by 1, 2 and 4 workers: time, requests, live heap",
  runs: 3,
  async run(setting) {
    const { smoke } = setting;
    const sizes = smoke ? [8, 16] : [100, 1_000, 10_000];
    const crews = smoke ? [1, 2] : [1, 2, 4];
    const programs = programsFolder();
    const redis = await startRedis();
    const newest = new Date().toISOString();
    const options = { projects: TARGETS, latencyMs: LATENCY_MS, newest };
    const servers = await Promise.all(sizes.map((clusters) => startServer({ ...options, clusters })));
    const places = sizes.map((size, index) => ({ size, server: servers[index]!, programs, redis }));
    try {
      const timed = await interleave(
        places.flatMap((place) =>
          crews.map((crew): Subject => ({
            name: nameOf(place.size, crew),
            run: () => judged(place, crew),
          })),
        ),
        setting,
      );
      const alive = await interleave(
        places.map((place): Subject => ({
          name: `${place.size} clusters`,
          run: () => judged(place, 1, { alive: true }),
        })),
        setting,
      );
      const [before, largest] = alive.slice(-2) as [Measured, Measured];
      const [most = 0, crew = 0] = [sizes.at(-1), crews.at(-1)];
      return {
        title: "Fleet",
        ratios: [
          ...ratioOf(alive, [largest.name, before.name], {
            metric: "workerMb",
            text: `live heap of a worker, of ${largest.name} / of ${before.name}`,
            target: { bound: "at most", value: 1.2 },
          }),
          ...ratioOf(alive, [largest.name, before.name], {
            metric: "coordinatorMb",
            text: `live heap of the coordinator, of ${largest.name} / of ${before.name}`,
          }),
          ...ratioOf(timed, [nameOf(most, crew), nameOf(most, 1)], {
            metric: "ms",
            text: `time of ${most} clusters, with ${crew} workers / with 1`,
          }),
        ],
        rows: [
          ...rowsOf(timed, "ms", "time", "ms"),
          ...rowsOf(timed, "requests", "requests", ""),
          ...rowsOf(alive, "workerMb", "live heap of a worker", "MB"),
          ...rowsOf(alive, "coordinatorMb", "live heap of the coordinator", "MB"),
        ],
        charts: crews.map((each) => ({
          kind: "curve",
          title: `Fleet, ${LATENCY_MS} ms latency, ${workersText(each)}`,
          sizes: "clusters",
          unit: "ms",
          points: sizes.map((size) => ({
            size,
            value: figure(
              valuesOf(
                timed.find(({ name }) => name === nameOf(size, each))!,
                "ms",
              ),
            ).median,
          })),
        })),
        notes: [
          `One rule about the dumps of each cluster behind "*", in ${TARGETS} targets, at ${LATENCY_MS} ms latency, slices of 100; time from the start of the coordinator's process to its end, with workers that are there. Redis, server, coordinator and workers share the machine.`,
          "Live heap: the most that was left after a garbage collection, one every 250 ms, in runs of their own with one worker.",
        ],
      };
    } finally {
      await Promise.all([redis.close(), ...servers.map((server) => server.close())]);
      programs.remove();
    }
  },
};

/** Where a fleet is judged. */
interface Place {
  readonly size: number;
  readonly server: Server;
  readonly programs: { readonly folder: string };
  readonly redis: RedisServer;
}

async function judged(
  { size, server, programs, redis }: Place,
  crew: number,
  { alive = false } = {},
): Promise<Sample> {
  const folder = mkdtempSync(join(programs.folder, "fleet-"));
  const main = join(programs.folder, "node_modules/@auditgate/fleet/dist/main.cjs");
  const policy = join(folder, "policy.yaml");
  writeFileSync(policy, policyText());
  const heapFile = (name: string) => join(folder, `${name}.heap.json`);
  const placeOf = (name: string) => ({
    env: plainEnvironment({
      ...server.env,
      AUDITGATE_FLEET_REDIS: redis.url,
      AUDITGATE_FLEET_KEY: "a key of this benchmark, no secret",
      BENCH_LIVE_HEAP: heapFile(name),
    }),
  });
  const flags = alive ? ["--expose-gc", "--require", join(programs.folder, "live-heap.cjs")] : [];
  const shared = [policy, "--folder", join(folder, "runs")];
  const workers: ChildProcess[] = [];
  try {
    for (let index = 0; index < crew; index++) {
      const worker = spawn(process.execPath, [...flags, main, "work", ...shared], {
        ...placeOf(`worker-${index}`),
        stdio: ["ignore", "ignore", "pipe"],
      });
      workers.push(worker);
      await once(createInterface({ input: worker.stderr! }), "line");
    }
    await server.passed();
    const output = join(folder, "verdict.json");
    const run = ["run", ...shared, "--format", "json", "--output", output, "--quiet"];
    const ms = await time(process.execPath, [...flags, main, ...run], placeOf("coordinator"));
    const { requests } = await server.passed();
    const { passed } = JSON.parse(readFileSync(output, "utf8")) as { passed: boolean };
    if (!passed) throw new Error(`the fleet of ${size} clusters has not passed`);
    await ended(workers);
    if (!alive) return { ms, requests };
    return {
      workerMb: liveMb(heapFile("worker-0")),
      coordinatorMb: liveMb(heapFile("coordinator")),
    };
  } finally {
    await ended(workers);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(workers: ChildProcess[]): Promise<void> {
  await Promise.all(
    workers.splice(0).map(async (worker) => {
      const exit = once(worker, "exit");
      worker.kill();
      await exit;
    }),
  );
}

function liveMb(file: string): number {
  return (JSON.parse(readFileSync(file, "utf8")) as { liveMb: number }).liveMb;
}

function policyText(): string {
  const targets = Array.from(
    { length: TARGETS },
    (_, index) => `  - { name: t${index}, projectId: ${projectId(index)} }`,
  );
  return `version: 1
targets:
${targets.join("\n")}
dwsAuditDumpRecords:
  - { clusterIds: ["*"], within: 1d, maxAge: 3h, maxFailures: 0 }
`;
}

function nameOf(size: number, crew: number): string {
  return `${size} clusters, ${workersText(crew)}`;
}

function workersText(crew: number): string {
  return crew === 1 ? "1 worker" : `${crew} workers`;
}
