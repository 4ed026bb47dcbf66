import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sample } from "@auditgate/emulator";
import { FLEET, KEY, type Running } from "./estate.ts";
import { setUpSuite } from "./suite.ts";

jest.setTimeout(120_000);

const policyOf = (cluster: string) => `version: 1
dwsAuditDumpRecords:
  - { clusterIds: [${cluster}], maxFailures: 0 }
`;

const suite = setUpSuite(policyOf(sample.clusters.failedDump));

const YEARLY = ["--cron", "0 0 1 1 *"];
const schedule = (...args: readonly string[]) => suite.estate.fleet("schedule", "policy.yaml", ...args).ended;
const status = (...args: readonly string[]) => suite.estate.fleet("status", ...args).ended;
const QUICK = ["--lock", "2s", "--stalled-every", "1s"];
const work = (name: string) =>
  suite.estate.fleet("work", "policy.yaml", "--folder", "runs", "--name", name, ...QUICK);

interface Last {
  readonly run: string;
  readonly at: string;
}

/** What status says of the schedule once it has judged something, for the `n`th time. */
async function judged(n = 1): Promise<Last> {
  const seen = new Set<string>();
  let last: Last | undefined;
  while (!last || seen.size < n) {
    const { stdout } = await status("--schedule", "policy", "--format", "json");
    last = JSON.parse(stdout).last ?? undefined;
    if (last) seen.add(last.run);
  }
  return last;
}

test("what is due is judged by whoever is there, again and again, and status ends as a check would", async () => {
  const nobody = await schedule("--every", "3s", "--late", "1h");
  expect(nobody.stderr).toContain("schedule policy: every 3s, next at ");
  expect(nobody.stderr).toContain("warning: no worker of this policy is there");
  const none = await status("--schedule", "policy");
  expect(none).toMatchObject({ code: 3, stdout: expect.stringContaining("none yet") });

  const worker = work("one");
  const { run, at } = await judged(2);
  const folder = join(suite.estate.folder, "runs", run);
  const verdict = readFileSync(join(folder, "verdict.json"), "utf8");
  const check = await suite.estate.cli("check", "policy.yaml", "--at", at, "--format", "json", "--quiet")
    .ended;
  expect(JSON.parse(verdict)).toEqual(JSON.parse(check.stdout));
  expect(readFileSync(join(folder, "verdict.txt"), "utf8")).toContain("expected  at most 0 failed dumps");
  const closed = await status("--schedule", "policy");
  expect(closed).toMatchObject({ code: check.code, stdout: expect.stringContaining("1 violation") });
  expect(check.code).toBe(1);
  expect(worker.output.stderr).toContain(`run ${run} of schedule policy: 1 violation\n`);

  // The same name with another policy: the worker of the old one judges it no more.
  suite.estate.write("policy.yaml", policyOf(sample.clusters.healthy));
  await schedule("--every", "3s");
  work("two");
  while ((await status("--schedule", "policy")).code !== 0) await wait(100);
  expect(await schedule("--remove")).toMatchObject({ code: 0, stderr: "schedule policy is removed\n" });
  expect(await status("--schedule", "policy")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no schedule "policy"'),
  });
});

test("a worker that dies while it coordinates is followed by another one, which goes on with the same run", async () => {
  await schedule("--every", "1h");
  suite.emulator.inject({ on: "dumps", delayMs: 1_000 });
  const begun = async (worker: Running) => {
    await worker.says(" of schedule policy, judged at ");
    return /run (\S+) of schedule/.exec(worker.output.stderr)?.[1];
  };
  const first = work("first");
  const run = await begun(first);
  first.child.kill("SIGKILL");
  await first.ended;
  const second = work("second");
  expect(await begun(second)).toBe(run);
  expect(await judged()).toMatchObject({ run, worker: "second", exitCode: 1, problem: null });
  expect(readdirSync(join(suite.estate.folder, "runs")).filter((name) => name !== "drafts")).toEqual([run]);
});

test("a verdict that does not come in time counts no more, nor does a run that could not be judged", async () => {
  await schedule("--every", "2s", "--late", "1s");
  const worker = work("one");
  await judged();
  worker.child.kill("SIGKILL");
  await worker.ended;
  let late = await status("--schedule", "policy");
  while (!late.stdout.includes("late")) late = await status("--schedule", "policy");
  expect(late).toMatchObject({ code: 3, stdout: expect.stringContaining("late; before: 1 violation") });

  // Its folder cannot be made.
  rmSync(join(suite.estate.folder, "runs"), { recursive: true });
  suite.estate.write("runs", "");
  await schedule("--every", "1h");
  const helpless = work("helpless");
  await helpless.says("schedule policy has no verdict: auditgate-fleet: runs/");
  while (!(await status("--schedule", "policy")).stdout.includes("worker helpless says why")) await wait(100);
  expect((await status("--schedule", "policy")).code).toBe(2);
});

test("a schedule that Redis has lost is put into its queue again", async () => {
  await schedule(...YEARLY, "--time-zone", "Europe/Berlin");
  const lost = await suite.redis.client.keys("auditgate:runs/*");
  expect(lost.length).toBeGreaterThan(0);
  await suite.redis.client.del(lost);
  expect(JSON.parse((await status("--schedule", "policy", "--format", "json")).stdout).next).toBeNull();
  await work("one").says("schedule policy is not in its queue any more: it is put there again");
  const { schedules } = JSON.parse((await status("--format", "json")).stdout);
  expect(schedules).toMatchObject([
    { name: "policy", next: expect.stringMatching(/-12-31T23:00:00\.000Z$/) },
  ]);
});

test("what nobody with the key has scheduled is not judged, and is not shown", async () => {
  await schedule(...YEARLY);
  const stranger = { AUDITGATE_FLEET_KEY: KEY.toUpperCase().padStart(40, "0") };
  const forged = ["schedule", "policy.yaml", "--every", "1h", "--name", "forged"];
  expect(await suite.estate.start(FLEET, forged, stranger).ended).toMatchObject({ code: 0 });
  expect((await status()).stdout).not.toContain("forged");
  await work("one").says("is of no schedule of this key and policy: it is dropped");
  expect(suite.emulator.requests).toEqual([]);
});

test.each([
  ["no time", [], 'give --every such as 1h, or --cron such as "0 6 * * *"'],
  ["two times", ["--every", "1h", ...YEARLY], "give --every such as 1h, or --cron"],
  ["an interval of nothing", ["--every", "0s"], "argument '0s' is invalid"],
  ["no pattern", ["--cron", "tomorrow"], `--cron "tomorrow" in UTC is no time: it must have 5 fields`],
  ["a day that never comes", ["--cron", "0 0 30 2 *"], "is no time: "],
  ["a time zone that there is not", [...YEARLY, "--time-zone", "Mars/Base"], "in Mars/Base is no time"],
  [
    "a target that the policy does not have",
    [...YEARLY, "--target", "x"],
    "--target x is none of the policy",
  ],
  ["a name that is none", [...YEARLY, "--name", "a b"], 'a schedule cannot be called "a b"'],
  ["nothing to remove", ["--remove"], "there is no schedule policy"],
])("%s ends with 2, and nothing is scheduled", async (_, args, text) => {
  const { code, stderr } = await schedule(...args);
  expect(stderr).toContain(text);
  expect(code).toBe(2);
  expect(JSON.parse((await status("--format", "json")).stdout).schedules).toEqual([]);
});
