import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Client,
  createClient,
  evaluateGate,
  read,
  verifyEvidence,
  dwsAuditDumpRecords,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { sharedSubjects as policy } from "./gate-policies.ts";

const { clusters, instances } = sample;

let emulator: Emulator;
let client: Client;
let folder: string;
let evidenceFile: string;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 6000 });
  folder = mkdtempSync(join(tmpdir(), "auditgate-"));
  evidenceFile = join(folder, "evidence.jsonl");
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
  rmSync(folder, { recursive: true });
});

afterAll(() => emulator.close());

const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n");

test("several rules about one subject share a reading, over the longest window", async () => {
  const { evidence, violations } = await evaluateGate(client, policy);
  expect(violations.map(({ rule, subject }) => [rule, subject])).toEqual([
    ["maxFailures", clusters.failedDump],
    ["maxFailures", clusters.failedDump],
    ["minLogs", instances.healthy],
  ]);
  expect(evidence.readings.map(({ subject }) => subject)).toEqual([
    clusters.healthy,
    clusters.failedDump,
    clusters.empty,
    instances.healthy,
  ]);
  expect(emulator.requests.map(({ api }) => api).toSorted()).toEqual(["dumps", "dumps", "dumps", "logs"]);
});

test("evidence says what was asked and answered, and its digests are those of the readings", async () => {
  const { evidence, evidenceDigest } = await evaluateGate(client, policy);
  const reading = await read(client, dwsAuditDumpRecords, { clusterId: clusters.healthy });
  expect(evidence.digest).toBe(evidenceDigest);
  expect(evidence.readings[0]).toEqual({
    query: "dws_audit_dump_records",
    subject: clusters.healthy,
    arguments: { clusterId: clusters.healthy },
    region: sample.region,
    projectId: sample.project.id,
    servedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    requestIds: [expect.any(String)],
    complete: true,
    reason: null,
    count: 336,
    digest: reading.digest,
  });
});

test("the digest is the same whenever the same records are read, in whatever order", async () => {
  const first = await evaluateGate(client, policy);
  emulator.inject({ order: "oldest" });
  const reversed = await evaluateGate(client, {
    ddsAuditLogs: policy.ddsAuditLogs?.toReversed(),
    dwsAuditDumpRecords: policy.dwsAuditDumpRecords?.toReversed(),
  });
  expect(reversed.evidenceDigest).toBe(first.evidenceDigest);
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === clusters.healthy)?.dumps;
    if (Array.isArray(dumps)) dumps[300]!.bucket_name = "other";
  });
  expect((await evaluateGate(client, policy)).evidenceDigest).not.toBe(first.evidenceDigest);
});

test("the file holds all records, is for its owner only, and can be verified by file and by text", async () => {
  const { evidenceDigest, evidence } = await evaluateGate(client, policy, { evidenceFile });
  expect(statSync(evidenceFile).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["evidence.jsonl"]);
  const expected = {
    valid: true,
    problems: [],
    digest: evidenceDigest,
    checks: [],
    readings: evidence.readings.map(({ query, subject, count, digest }) => ({
      query,
      subject,
      count,
      digest,
    })),
  };
  expect(await verifyEvidence(evidenceFile, evidenceDigest)).toEqual(expected);
  expect(await verifyEvidence(readFileSync(evidenceFile, "utf8"))).toEqual(expected);
  const [head, record] = linesOf(evidenceFile);
  expect(JSON.parse(head ?? "")).toEqual({ evidence: "reading", ...evidence.readings[0] });
  expect(JSON.parse(record ?? "")).toMatchObject({ clusterId: clusters.healthy, result: "SUCCESS" });
  expect(JSON.parse(linesOf(evidenceFile).at(-1) ?? "")).toMatchObject({
    evidence: "verdict",
    passed: false,
    policy,
  });
});

test("what could not be read is in the evidence, with the reason", async () => {
  emulator.inject({ path: clusters.healthy, status: 403, code: "APIGW.0302" });
  const { evidenceDigest } = await evaluateGate(client, policy, { evidenceFile });
  const [head] = linesOf(evidenceFile);
  expect(JSON.parse(head ?? "")).toMatchObject({
    subject: clusters.healthy,
    complete: null,
    reason: expect.stringMatching(/^ERR_FORBIDDEN: /),
    count: 0,
    digest: null,
  });
  expect(await verifyEvidence(evidenceFile, evidenceDigest)).toMatchObject({ valid: true });
});

test("a file that cannot be written or read is said by name, and nothing is left of it", async () => {
  const missing = join(folder, "missing", "evidence.jsonl");
  const error = { code: "ERR_ARGUMENT", message: expect.stringContaining(missing) };
  await expect(evaluateGate(client, policy, { evidenceFile: missing })).rejects.toMatchObject(error);
  expect(emulator.requests).toEqual([]);
  await expect(verifyEvidence(missing)).rejects.toMatchObject(error);
  emulator.inject({ connection: "hang" });
  const signal = AbortSignal.timeout(50);
  await expect(evaluateGate(client, policy, { evidenceFile, signal })).rejects.toMatchObject({
    code: "ERR_ABORTED",
  });
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, (lines: string[]) => string[]]>([
  ["a changed record", (lines) => lines.map((line) => line.replace('"FAILED"', '"SUCCESS"'))],
  ["a missing record", (lines) => lines.toSpliced(5, 1)],
  ["a record too many", (lines) => lines.toSpliced(5, 0, lines[5]!)],
  ["records in another order", (lines) => [...lines.slice(0, 5), lines[6]!, lines[5]!, ...lines.slice(7)]],
  [
    "another subject",
    (lines) => lines.map((line) => line.replace(`"subject":"${clusters.empty}"`, '"subject":"b"')),
  ],
  ["a missing reading", (lines) => lines.slice(337)],
  ["a missing end", (lines) => lines.slice(0, -1)],
  ["half a file", (lines) => lines.slice(0, 100)],
  ["half a line", (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 50)]],
  ["something after the end", (lines) => [...lines, lines[1]!]],
  ["no head", (lines) => lines.slice(1)],
  ["nothing", () => []],
])("evidence with %s is not valid", async (_, change) => {
  await evaluateGate(client, policy, { evidenceFile });
  writeFileSync(evidenceFile, change(linesOf(evidenceFile)).join("\n"));
  const { valid, problems } = await verifyEvidence(evidenceFile);
  expect(valid).toBe(false);
  expect(problems).not.toEqual([]);
});

test("evidence that was changed throughout does not have the digest that the verdict had", async () => {
  const { evidenceDigest } = await evaluateGate(client, policy, { evidenceFile });
  await emulator.reset();
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === clusters.failedDump)?.dumps;
    if (Array.isArray(dumps)) Object.assign(dumps[0]!, { result: "SUCCESS", failed_reason: null });
  });
  await evaluateGate(client, policy, { evidenceFile, replaceEvidence: true });
  expect(await verifyEvidence(evidenceFile)).toMatchObject({ valid: true });
  expect(await verifyEvidence(evidenceFile, evidenceDigest)).toMatchObject({
    valid: false,
    problems: [expect.stringContaining(evidenceDigest)],
  });
});
