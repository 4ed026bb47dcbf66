import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sample } from "@auditgate/emulator";
import { Queue } from "bullmq";
import { servePrivately } from "../../../test/doors/private-authority.ts";
import manifest from "../package.json" with { type: "json" };
import { type Estate, FLEET, KEY } from "./estate.ts";
import { startRedis } from "./redis.ts";
import { setUpSuite } from "./suite.ts";

jest.setTimeout(120_000);

const PASSWORD = "password-of-redis-0123456789";
const NOWHERE = "redis://127.0.0.1:1";
const REASON = "canary-reason-of-a-failed-dump";

const POLICY = `version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], maxFailures: 0 }
`;

const suite = setUpSuite(POLICY, PASSWORD);

const RUN = ["run", "policy.yaml", "--folder", "runs", "--slice", "2", "--format", "json"];
const work = (...more: readonly string[]) =>
  suite.estate.fleet("work", "policy.yaml", "--folder", "runs", ...more);

/** The run's name, once it has said so. */
async function named(run: ReturnType<Estate["fleet"]>): Promise<string> {
  await run.says(", judged at ");
  return /run (\S+),/.exec(run.output.stderr)?.[1] ?? "";
}

/** The same run once more, with workers that are there. */
const resumed = (run: string) =>
  suite.estate.fleet("run", "policy.yaml", "--folder", "runs", "--resume", run, "--format", "json").ended;

test.each([
  ["run", ["run", "policy.yaml", "--folder", "runs"]],
  ["work", ["work", "policy.yaml", "--folder", "runs"]],
  ["status", ["status"]],
])("%s waits for a Redis that is away, says so, and ends with 3", async (_, args) => {
  const { code, stderr } = await suite.estate.fleet(...args, "--redis", NOWHERE, "--redis-wait", "1s").ended;
  expect(stderr).toContain(`${NOWHERE} is away (ECONNREFUSED): waiting, at most 1 s\n`);
  expect(stderr).toContain(`ERR_CONNECTION: Redis at ${NOWHERE} was away for 1 s (ECONNREFUSED).\n`);
  expect(code).toBe(3);
  expect(suite.emulator.requests).toEqual([]);
});

test("a worker whose Redis goes away ends with 3", async () => {
  const other = await startRedis();
  const args = ["work", "policy.yaml", "--folder", "runs", "--redis", other.url, "--redis-wait", "1s"];
  const worker = suite.estate.start(FLEET, args, { AUDITGATE_FLEET_REDIS_PASSWORD: "" });
  await worker.says("worker ");
  await other.close();
  expect(await worker.ended).toMatchObject({ code: 3, stderr: expect.stringContaining("was away for 1 s") });
});

test.each([
  ["a wrong password", "wrong-password-of-redis", "WRONGPASS"],
  ["no password", "", "NOAUTH"],
])("%s is an error, and no message has it", async (_, given, code) => {
  const { stderr, code: ended } = await suite.estate.start(FLEET, ["status"], {
    AUDITGATE_FLEET_REDIS_PASSWORD: given,
  }).ended;
  expect(stderr).toContain(`does not accept the user or password (${code}).`);
  expect(stderr).not.toContain("password-of-redis");
  expect(ended).toBe(3);
});

test.each([
  ["no key", { AUDITGATE_FLEET_KEY: "" }, "set AUDITGATE_FLEET_KEY"],
  [
    "a key that could be guessed",
    { AUDITGATE_FLEET_KEY: "secret-key" },
    "has 10 characters, and must have 32",
  ],
  [
    "an address that is none",
    { AUDITGATE_FLEET_REDIS: "http://user:geheim@h" },
    "must be a URL such as redis://",
  ],
])("%s ends with 2, before anything is asked", async (_, env, text) => {
  const { code, stderr } = await suite.estate.start(FLEET, RUN, env).ended;
  expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/geheim|secret-key/);
  expect(code).toBe(2);
  expect(suite.emulator.requests).toEqual([]);
});

test("TLS is spoken with an authority of one's own, and a certificate of nobody's is refused at once", async () => {
  const server = await servePrivately(suite.estate.folder, suite.redis.url);
  try {
    const address = server.address();
    const url = `rediss://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    expect(await suite.estate.fleet("status", "--redis", url, "--redis-ca", "ca.pem").ended).toMatchObject({
      code: 0,
    });
    const { code, stderr } = await suite.estate.fleet("status", "--redis", url).ended;
    expect(stderr).toContain("is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).");
    expect(code).toBe(3);
  } finally {
    server.close();
  }
});

test("a worker with another policy takes no part, and is named with both digests", async () => {
  suite.estate.write("other.yaml", POLICY.replace("maxFailures: 0", "maxFailures: 1"));
  const other = suite.estate.fleet("work", "other.yaml", "--folder", "runs", "--name", "stranger");
  await other.says("worker stranger");
  const { code, stderr } = await suite.estate.fleet(...RUN, "--patience", "2s").ended;
  const [, has, wants] =
    /worker stranger has a policy with the digest ([0-9a-f]{16}), this run is of ([0-9a-f]{16}): it takes no part/.exec(
      stderr,
    ) ?? [];
  expect(other.output.stderr).toContain(`policy ${has}`);
  expect(wants).not.toBe(has);
  expect(stderr).toContain("Nobody was there to judge for 2 s");
  expect(code).toBe(3);
  expect(suite.emulator.requests.map(({ api }) => api)).toEqual(["clusters"]);
});

test("a worker of another version takes no part, and is named with both versions", async () => {
  // As it would be installed, beside what it depends on.
  const dist = join(suite.estate.folder, "other", "dist");
  cpSync(dirname(FLEET), dist, { recursive: true });
  symlinkSync(resolve(__dirname, "../node_modules"), join(suite.estate.folder, "other", "node_modules"));
  const main = join(dist, "main.cjs");
  writeFileSync(main, readFileSync(main, "utf8").replace('VERSION = "0.', 'VERSION = "99.'));
  const other = suite.estate.start(main, ["work", "policy.yaml", "--folder", "runs", "--name", "newcomer"]);
  await other.says("worker newcomer");
  const { code, stderr } = await suite.estate.fleet(...RUN, "--patience", "2s").ended;
  expect(stderr).toMatch(/worker newcomer is of version 99\.\S+, this run of 0\.\S+: it takes no part/);
  expect(code).toBe(3);
});

test("a result that no worker has written is refused and asked for again, and so is one of another slice", async () => {
  const run = suite.estate.fleet(...RUN);
  const id = await named(run);
  await suite.redis.client.set(
    `auditgate:results:${id}.0`,
    `${"0".repeat(64)} {"worker":"nobody","readings":2}`,
  );
  await run.says(
    "slice 0 of the place is asked for again: its result was not written by a worker of this key",
  );
  work();
  const first = await run.ended;
  const [one, other] = [`auditgate:results:${id}.0`, `auditgate:results:${id}.1`];
  await suite.redis.client.set(one, (await suite.redis.client.get(other)) ?? "");
  const again = await resumed(id);
  expect(again.stderr).toContain("slice 0 of the place is asked for again");
  expect(again.stdout).toBe(first.stdout);
});

test("a verdict that is changed or gone from the folder is asked for again, and so is a result that has ended", async () => {
  work();
  const run = suite.estate.fleet(...RUN);
  const id = await named(run);
  const first = await run.ended;
  const folder = join(suite.estate.folder, "runs", id);
  const [changed = ""] = readdirSync(folder).filter((file) => /^place\.1\..*verdict/.test(file));
  const path = join(folder, changed);
  writeFileSync(path, readFileSync(path, "utf8").replace('"violations":[', '"violations":[ '));
  await suite.redis.client.del(`auditgate:results:${id}.2`);
  const again = await resumed(id);
  expect(again.stderr).toMatch(/slice 1 of the place is asked for again: \S+ is not what \S+ has written/);
  expect({ ...again, stderr: "" }).toEqual({ ...first, stderr: "" });
  expect(readFileSync(path, "utf8")).not.toContain('"violations":[ ');
});

test("a job that nobody has asked for is dropped, and asks nothing of a service", async () => {
  const worker = work();
  await worker.says("policy ");
  const policy = /policy ([0-9a-f]{16})/.exec(worker.output.stderr)?.[1] ?? "";
  const queue = new Queue(`slices//${policy}/${manifest.version}`, {
    connection: { url: suite.redis.url, password: PASSWORD },
    prefix: "auditgate",
  });
  try {
    await queue.add("slice", { sealed: `${"0".repeat(64)} {}` }, { jobId: "forged" });
    await worker.says('job "forged" was not asked for by a coordinator of this key: it is dropped');
  } finally {
    await queue.close();
  }
  expect(suite.emulator.requests).toEqual([]);
});

test("a run goes on with --resume where its coordinator was killed, and status says so", async () => {
  suite.emulator.inject({ on: "dumps", delayMs: 150 });
  work("--slots", "1");
  const run = suite.estate.fleet(...RUN);
  const id = await named(run);
  while ((await suite.redis.client.exists(`auditgate:results:${id}.0`)) === 0) await wait(20);
  run.child.kill("SIGKILL");
  await run.ended;
  const status = JSON.parse((await suite.estate.fleet("status", "--format", "json").ended).stdout);
  expect(status.runs).toMatchObject([{ name: id }]);
  const { stdout } = await resumed(id);
  const verdict = JSON.parse(stdout);
  const whole = await suite.estate.cli(
    "check",
    "policy.yaml",
    "--at",
    verdict.at,
    "--format",
    "json",
    "--quiet",
  ).ended;
  expect(verdict).toEqual(JSON.parse(whole.stdout));
  const { clusters } = Object.groupBy(suite.emulator.requests, ({ api }) => api);
  // Once by the run, once by the check.
  expect(clusters).toHaveLength(2);
  const { stderr, code } = await suite.estate.start(FLEET, [...RUN, "--resume", id], {
    AUDITGATE_FLEET_KEY: KEY.toUpperCase().padStart(40, "0"),
  }).ended;
  expect(stderr).toContain("was not written with this AUDITGATE_FLEET_KEY");
  expect(code).toBe(2);
});

test("a run that is stopped by Ctrl-C ends with 130, and says how to go on", async () => {
  const run = suite.estate.fleet(...RUN);
  const id = await named(run);
  run.child.kill("SIGINT");
  const { code, stderr } = await run.ended;
  expect(stderr).toContain(`ERR_ABORTED: The run was stopped: run --resume ${id} goes on where it was.\n`);
  expect(code).toBe(130);
  work();
  expect((await resumed(id)).code).toBe(1);
});

test("nothing that Redis has ever been told is a credential, a record or a text, and results have an end", async () => {
  suite.emulator.update((data) => {
    for (const cluster of data.clusters) cluster.name = `canary-name-${cluster.id.slice(-2)}`;
  });
  const answer = await fetch(
    `${suite.emulator.url}/_emulator/clusters/${sample.clusters.healthy}/dumps/latest`,
    {
      method: "PATCH",
      body: JSON.stringify({ result: "FAILED", failed_reason: REASON }),
    },
  );
  expect(answer.status).toBe(200);
  const worker = work();
  await worker.says("worker ");
  const { stdout } = await suite.estate.fleet(...RUN, "--keep", "1h").ended;
  expect(stdout).toContain(REASON);

  const results = await suite.redis.client.keys("auditgate:results:*");
  expect(results.length).toBeGreaterThan(2);
  for (const key of results) {
    const left = await suite.redis.client.pttl(key);
    expect(left).toBeGreaterThan(3_500_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    expect(await suite.redis.client.get(key)).toMatch(/"readings":\d+,"records":\d+,"violations":\{/);
  }
  await suite.estate.fleet("schedule", "policy.yaml", "--every", "1h").ended;
  await worker.says("of schedule policy: ");
  worker.child.kill("SIGTERM");
  await worker.ended;
  // Every command that has changed anything.
  await wait(1_200);
  const told = written(suite.redis.folder);
  expect(told).toContain(sample.clusters.healthy);
  const secrets = Object.entries(suite.emulator.env).flatMap(([name, value]) =>
    name.endsWith("KEY") ? [value] : [],
  );
  for (const text of [REASON, "canary-name", KEY, PASSWORD, "executor", "dumps", "Look into", ...secrets]) {
    expect({ text, told: told.includes(text) }).toEqual({ text, told: false });
  }
});

/** All that lies in a folder, as text. */
function written(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}
