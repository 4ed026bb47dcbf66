import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, evaluateGate, verifyEvidence } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

jest.setTimeout(180_000);

const { healthy, busy, failedDump } = sample.clusters;
const policyOf = (...clusterIds: readonly string[]) => ({
  dwsAuditDumpRecords: [{ clusterIds, maxFailures: 9999 }],
  dwsParameterModificationRecords: [{ clusterIds, maxChanges: 99_999 }],
});

let emulator: Emulator;
let client: Client;
let folder: string;
let evidenceFile: string;

beforeAll(async () => {
  emulator = await startEmulator();
  client = createClient({ env: emulator.env });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-evidence-"));
  evidenceFile = join(folder, "evidence.jsonl");
});

afterEach(async () => {
  await emulator.reset();
  rmSync(folder, { recursive: true });
});

afterAll(async () => {
  await client.close();
  await emulator.close();
});

test("evidence that is there is not replaced unless that was asked for, and nothing is read then", async () => {
  const first = await evaluateGate(client, policyOf(healthy), { evidenceFile });
  const asked = emulator.requests.length;
  await expect(evaluateGate(client, policyOf(busy), { evidenceFile })).rejects.toMatchObject({
    code: "ERR_ARGUMENT",
    argument: "evidenceFile",
    message: expect.stringContaining("replaceEvidence"),
  });
  expect(emulator.requests).toHaveLength(asked);
  expect((await verifyEvidence(evidenceFile, first.evidenceDigest)).valid).toBe(true);
  const second = await evaluateGate(client, policyOf(busy), { evidenceFile, replaceEvidence: true });
  expect((await verifyEvidence(evidenceFile, second.evidenceDigest)).valid).toBe(true);
  expect(readdirSync(folder)).toEqual(["evidence.jsonl"]);
});

test("what is no file is not replaced", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  await expect(
    evaluateGate(client, policyOf(healthy), { evidenceFile: pipe, replaceEvidence: true }),
  ).rejects.toThrow(/pipe cannot be written: it is no file\.$/);
  expect(statSync(pipe).isFIFO()).toBe(true);
});

test("a link at its place is neither followed nor replaced, and with leave replaced but not followed", async () => {
  const foreign = join(folder, "foreign");
  writeFileSync(foreign, "theirs");
  symlinkSync(foreign, evidenceFile);
  await expect(evaluateGate(client, policyOf(healthy), { evidenceFile })).rejects.toThrow("there already");
  await evaluateGate(client, policyOf(healthy), { evidenceFile, replaceEvidence: true });
  expect(readFileSync(foreign, "utf8")).toBe("theirs");
  expect((await verifyEvidence(evidenceFile)).valid).toBe(true);
});

test("the mode of a file that is replaced is not kept", async () => {
  writeFileSync(evidenceFile, "old");
  chmodSync(evidenceFile, 0o666);
  await evaluateGate(client, policyOf(healthy), { evidenceFile, replaceEvidence: true });
  expect(statSync(evidenceFile).mode & 0o777).toBe(0o600);
});

test("of evaluations at once into one file, one has it, whole, and the others say so", async () => {
  const policies = [policyOf(healthy), policyOf(busy), policyOf(failedDump), policyOf(healthy, busy)];
  const results = await Promise.allSettled(
    policies.map((policy) => evaluateGate(client, policy, { evidenceFile })),
  );
  const won = results.filter((result) => result.status === "fulfilled");
  expect(won).toHaveLength(1);
  for (const result of results.filter(({ status }) => status === "rejected"))
    expect(result).toMatchObject({ reason: { code: "ERR_ARGUMENT", argument: "evidenceFile" } });
  expect(await verifyEvidence(evidenceFile, won[0]?.value.evidenceDigest)).toMatchObject({ valid: true });
  expect(readdirSync(folder)).toEqual(["evidence.jsonl"]);
});

test("of evaluations at once that may replace it, the last one's is there, whole", async () => {
  const verdicts = await Promise.all(
    [policyOf(healthy), policyOf(busy), policyOf(failedDump)].map((policy) =>
      evaluateGate(client, policy, { evidenceFile, replaceEvidence: true }),
    ),
  );
  const { valid, digest } = await verifyEvidence(evidenceFile);
  expect(valid).toBe(true);
  expect(verdicts.map(({ evidenceDigest }) => evidenceDigest)).toContain(digest);
  expect(readdirSync(folder)).toEqual(["evidence.jsonl"]);
});

test("an evaluation that fails or is aborted leaves nothing", async () => {
  const controller = new AbortController();
  emulator.inject({ delayMs: 300, nth: 2 });
  setTimeout(() => controller.abort(), 100);
  const options = { evidenceFile, signal: controller.signal };
  await expect(evaluateGate(client, policyOf(healthy, busy), options)).rejects.toMatchObject({
    code: "ERR_ABORTED",
  });
  // Its place is taken while it reads.
  await emulator.reset();
  emulator.inject({ delayMs: 200 });
  const late = evaluateGate(client, policyOf(healthy), { evidenceFile });
  await sleep(50);
  writeFileSync(evidenceFile, "theirs");
  await expect(late).rejects.toThrow("there already");
  expect(readdirSync(folder)).toEqual(["evidence.jsonl"]);
  expect(readFileSync(evidenceFile, "utf8")).toBe("theirs");
});

test("killed at any step, there is the file of before or a whole one, and the next run succeeds", async () => {
  const program = `
    import { createClient, evaluateGate } from "@auditgate/core";
    const client = createClient();
    const policy = ${JSON.stringify(policyOf(healthy, busy, failedDump))};
    for (;;) await evaluateGate(client, policy, { evidenceFile: process.argv[1], replaceEvidence: true });`;
  const outcomes = new Set<string>();
  for (let round = 0; round < 24; round++) {
    const child = spawn(
      process.execPath,
      ["--conditions=@auditgate/source", "--input-type=module", "-e", program, evidenceFile],
      { cwd: __dirname, env: { PATH: process.env["PATH"], ...emulator.env }, stdio: "ignore" },
    );
    const ended = new Promise((resolve) => child.on("exit", resolve));
    const partial = () => readdirSync(folder).some((name) => name.endsWith(".partial"));
    // At the first sign of a file, later by a little each time.
    while (!partial() && child.exitCode === null) await sleep(1);
    await sleep(round);
    child.kill("SIGKILL");
    await ended;
    const there = existsSync(evidenceFile);
    expect(!there || (await verifyEvidence(evidenceFile)).valid).toBe(true);
    outcomes.add(`${there ? "whole" : "none"}, ${partial() ? "partial" : "no partial"}`);
    for (const name of readdirSync(folder)) if (name.endsWith(".partial")) rmSync(join(folder, name));
  }
  expect(outcomes).toContain("none, partial");
  await evaluateGate(client, policyOf(healthy), { evidenceFile, replaceEvidence: true });
  expect((await verifyEvidence(evidenceFile)).valid).toBe(true);
});
