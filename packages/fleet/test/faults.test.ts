import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Emulator, type EmulatorData, generateData, startEmulator } from "@auditgate/emulator";
import { createEstate, type Estate, type Running } from "./estate.ts";
import { type RedisServer, startRedis } from "./redis.ts";

/** How large the fleet is, and how much goes wrong; `npx pnpm@12 test fleet` has all of it. */
const WHOLE = process.env["FLEET"] === "all";
const { targets, subjects, kills, restarts } = WHOLE
  ? { targets: 40, subjects: 1_000, kills: 20, restarts: 2 }
  : { targets: 6, subjects: 60, kills: 4, restarts: 1 };
const WORKERS = 4;

jest.setTimeout(WHOLE ? 1_800_000 : 240_000);

let emulator: Emulator;
let redis: RedisServer;
let estate: Estate;

beforeAll(async () => {
  const data = fleetOf(targets, subjects);
  [emulator, redis] = await Promise.all([startEmulator({ data, latencyMs: 50 }), startRedis()]);
  // What is throttled comes late, and is not lost.
  emulator.inject({ on: ["dumps", "parameters", "logs"], path: projectId(2), perSecond: 5 });
  estate = createEstate({ ...emulator.env, AUDITGATE_FLEET_REDIS: redis.url });
  estate.write("policy.yaml", policy());
});
afterAll(async () => {
  await estate.close();
  await redis.close();
  await emulator.close();
});

function projectId(target: number): string {
  return `f1ee7000000000000000000000000${String(target).padStart(3, "0")}`;
}

/** Half of the subjects are clusters, half are instances, in as many projects as there are targets. */
function fleetOf(projects: number, count: number): EmulatorData {
  const data = generateData();
  const [cluster] = data.clusters;
  const [instance] = data.instances;
  const [project] = data.projects;
  if (!cluster || !instance || !project) throw new Error("the sample is empty");
  const newest = new Date().toISOString();
  const numbers = (many: number) => Array.from({ length: many }, (_, index) => index);
  return {
    ...data,
    projects: [
      ...data.projects,
      ...numbers(projects).map((target) => ({
        ...project,
        id: projectId(target),
        name: `${project.name}_${target}`,
      })),
    ],
    clusters: numbers(count / 2).map((index) => ({
      ...cluster,
      id: `f1ee7000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      projectId: projectId(index % projects),
      // Some of them are not in order.
      dumps: index % 7 === 0 ? [] : { generate: { count: 48, newest, everySeconds: 3600 } },
      parameterChanges: [],
    })),
    instances: numbers(count / 2).map((index) => ({
      ...instance,
      id: `f1ee70000000000000000000${String(index).padStart(8, "0")}in02`,
      projectId: projectId(index % projects),
      auditLogs: { generate: { count: 96, newest, everySeconds: 3600 } },
    })),
  };
}

function policy(): string {
  const named = Array.from({ length: targets }, (_, target) => {
    const unreachable =
      target === 1 ? `, endpoints: { dws: "http://127.0.0.1:1", dds: "http://127.0.0.1:1" }` : "";
    return `  - { name: t${target}, projectId: ${projectId(target)}, maxRetries: 2${unreachable} }`;
  });
  return `version: 1
targets:
${named.join("\n")}
dwsAuditDumpRecords:
  - { clusterIds: ["*"], within: 1d, maxFailures: 0, maxAge: 2h }
dwsParameterModificationRecords:
  - { clusterIds: ["*"], noPending: true }
ddsAuditLogs:
  - { instanceIds: ["*"], within: 1d, minLogs: 1 }
`;
}

const work = (name: string) =>
  estate.fleet(
    "work",
    "policy.yaml",
    "--folder",
    "runs",
    "--name",
    name,
    "--slots",
    "2",
    "--lock",
    "2s",
    "--stalled-every",
    "1s",
    "--stalled-count",
    "50",
    "--redis-wait",
    "5m",
  );
const RUN = ["run", "policy.yaml", "--folder", "runs", "--slice", "5", "--tries", "50", "--format", "json"];

/** Ends whatever it is as a power failure does. */
async function kill({ child, ended }: Running): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/** Slices under way, each by the id of the worker that has it or had it. */
function drafts(): readonly string[] {
  const folder = join(estate.folder, "runs", "drafts");
  return readdirSync(folder).flatMap((own) =>
    readdirSync(join(folder, own)).map((name) => name.split(".")[0] ?? ""),
  );
}

/** Ids of workers that say that they are there, by their names. */
async function workerIds(): Promise<ReadonlyMap<string, string>> {
  const said = await redis.client.hgetall("auditgate:workers");
  return new Map(
    Object.entries(said).map(([id, sealed]) => [JSON.parse(sealed.slice(65)).facts.name as string, id]),
  );
}

test(`${WORKERS} busy workers that are killed ${kills} times, Redis that is too, and a coordinator: nothing is lost or doubled`, async () => {
  const at = new Date(Math.floor(Date.now() / 1000 - 60) * 1000).toISOString();
  const began = performance.now();
  const whole = await estate.cli("check", "policy.yaml", "--at", at, "--format", "json", "--quiet").ended;
  const wholeMs = performance.now() - began;
  const inOneProcess = emulator.requests.length;
  emulator.requests.length = 0;

  const names = Array.from({ length: WORKERS }, (_, index) => `w${index}`);
  const workers = names.map(work);
  let hired = WORKERS;
  /** Kills one of those that judge something at that moment; false where it was done before the signal came. */
  const killBusy = async (): Promise<boolean> => {
    const place = await waitFor(async () => {
      const ids = await workerIds();
      const busy = new Set(drafts());
      const places = names.flatMap((name, index) => (busy.has(ids.get(name) ?? "") ? [index] : []));
      return places[Math.floor(Math.random() * places.length)];
    });
    const id = (await workerIds()).get(names[place] ?? "") ?? "";
    const victim = workers[place];
    if (victim) await kill(victim);
    names[place] = `w${hired++}`;
    workers[place] = work(names[place]);
    return drafts().includes(id);
  };
  const started = performance.now();
  let run = estate.fleet(...RUN, "--at", at);
  await run.says(", judged at ");
  const id = /run (\S+),/.exec(run.output.stderr)?.[1] ?? "";
  const results = async () => (await redis.client.keys(`auditgate:results:${id}.*`)).length;
  const slices = Number(JSON.parse(await waitFor(statusText)).runs[0].slices);

  let killed = 0;
  let idle = 0;
  let restarted = 0;
  let said = run.output.stderr;
  for (let event = 1; event <= kills + restarts + 1; event++) {
    // Spread over the run: before each, so many slices more have been judged.
    const due = Math.floor((slices * event) / (kills + restarts + 3));
    while ((await results().catch(() => 0)) < due) await wait(50);
    if (event === Math.ceil((kills + restarts + 1) / 2)) {
      await kill(run);
      said += run.output.stderr;
      run = estate.fleet(...RUN.filter((each) => !/^--slice$|^5$/.test(each)), "--resume", id);
    } else if (restarted < restarts && event % Math.ceil((kills + restarts) / (restarts + 1)) === 0) {
      restarted++;
      await redis.stop("SIGKILL");
      await wait(500);
      await redis.start();
    } else {
      while (!(await killBusy())) idle++;
      killed++;
    }
  }
  const { code, stdout, stderr } = await run.ended;
  const took = performance.now() - started;
  expect(comparable(stdout)).toEqual(comparable(whole.stdout));
  expect(code).toBe(whole.code);
  expect([killed, restarted]).toEqual([kills, restarts]);

  const verdict = JSON.parse(stdout);
  const unreachable = verdict.targets[1];
  expect(unreachable).toMatchObject({
    name: "t1",
    passed: false,
    readings: [{ complete: null }, { complete: null }],
  });
  const answered = emulator.requests.flatMap(({ status, path, query }) =>
    status === 200 ? [JSON.stringify([path, query])] : [],
  );
  const twice = answered.length - new Set(answered).size;
  const throttled = emulator.requests.filter(({ status }) => status === 429).length;
  expect(throttled).toBeGreaterThan(0);
  const folder = readdirSync(join(estate.folder, "runs", id));
  expect(folder.filter((file) => file.endsWith(".verdict.json"))).toHaveLength(slices);
  const readings = verdict.targets.flatMap((each: { readings: readonly object[] }) => each.readings).length;
  const again = [...`${said}${stderr}`.matchAll(/asked for again: .*/g)].length;
  const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
  console.log(
    [
      `${targets} targets, ${subjects} clusters and instances, ${readings} readings in ${slices} slices`,
      `one process without faults: ${seconds(wholeMs)}, ${inOneProcess} requests`,
      `${killed} workers killed at work and ${idle} idle, Redis ${restarted} times, the coordinator once: ${seconds(took)}, ${emulator.requests.length} requests`,
      `answered twice: ${twice} of ${answered.length}, refused for their pace: ${throttled}; slices asked for again: ${again}`,
    ].join("\n"),
  );
  // Those that are there remove what the others have left.
  await waitFor(async () => (drafts().length === 0 ? true : undefined));
});

async function statusText(): Promise<string | undefined> {
  const { stdout } = await estate.fleet("status", "--format", "json").ended;
  return JSON.parse(stdout).runs.length > 0 ? stdout : undefined;
}

async function waitFor<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    await wait(50);
  }
}

/** Without what differs between two requests. */
function comparable(text: string): unknown {
  return JSON.parse(text.replaceAll(/request [0-9a-f]{32}/g, "request"));
}
