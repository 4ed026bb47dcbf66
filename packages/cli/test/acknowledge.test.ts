import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./run.ts";

jest.setTimeout(60_000);

const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";
const POLICY = `# What every release needs.
version: 1
dwsAuditDumpRecords:
  - clusterIds: ["${CLUSTER}"] # production
    within: 7d
    maxFailures: 0
`;

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.reset();
  folder = mkdtempSync(join(tmpdir(), "auditgate-cli-"));
  writeFileSync(join(folder, "policy.yaml"), POLICY);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => auditgate(args, { env: emulator.env, cwd: folder });
const policy = () => readFileSync(join(folder, "policy.yaml"), "utf8");
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const check = () => run("check", "policy.yaml", "--quiet", "--format", "json", "--output", "verdict.json");
const choose = (...options: readonly string[]) =>
  run("acknowledge", "verdict.json", "--policy", "policy.yaml", ...options);

async function failLatestDump(): Promise<void> {
  await fetch(`${emulator.url}/_emulator/clusters/${CLUSTER}/dumps/latest`, {
    method: "PATCH",
    body: JSON.stringify({ result: "FAILED", failed_reason: "The bucket is full." }),
  });
}

test("what is acknowledged passes with its reason, and the next failure closes the gate again", async () => {
  await failLatestDump();
  expect(await check()).toMatchObject({ code: 1 });
  const listed = await choose();
  expect(listed).toMatchObject({ code: 0 });
  expect(listed.stdout).toMatch(/^1 {2}dws\.dump\.max-failures {2}\S+ {2}executorTime=/);
  expect(policy()).toBe(POLICY);

  expect(await choose("--select", "1", "--reason", "the bucket was full", "--until", day(10))).toMatchObject({
    code: 0,
  });
  expect(policy().startsWith(POLICY)).toBe(true);
  const passed = await run("check", "policy.yaml", "--quiet");
  expect(passed).toMatchObject({ code: 0 });
  expect(passed.stdout).toContain("The gate has passed with 1 acknowledged");
  expect(passed.stdout).toContain("the bucket was full");

  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === CLUSTER)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("no dumps");
    Object.assign(dumps[3] ?? {}, { result: "FAILED", failed_reason: "Again." });
  });
  expect(await check()).toMatchObject({ code: 1 });
});

test.each([
  ["a number that there is not", ["--select", "2", "--reason", "known", "--until", day(1)], "from 1 to 1"],
  ["no reason", ["--select", "1", "--until", day(1)], "--reason and --until"],
  ["more than 90 days", ["--select", "1", "--reason", "known", "--until", day(120)], "90 days"],
  [
    "a day that does not exist",
    ["--select", "1", "--reason", "known", "--until", "2026-02-30"],
    "day that exists",
  ],
])("%s is refused, and the policy stays as it was", async (_, options, said) => {
  await failLatestDump();
  await check();
  expect(await choose(...options)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
  expect(policy()).toBe(POLICY);
});
