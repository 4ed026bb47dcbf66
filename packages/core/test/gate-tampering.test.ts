import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, evaluateGate, type GatePolicy, verifyEvidence } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

const { clusters, instances } = sample;

const policy: GatePolicy = {
  dwsAuditDumpRecords: [
    { clusterIds: [clusters.healthy, clusters.failedDump], maxAge: "1d" },
    { clusterIds: [clusters.failedDump, clusters.failedDump], maxFailures: 0 },
    { clusterIds: [clusters.empty, clusters.failedDump], within: "7d", maxFailures: 0 },
  ],
  ddsAuditLogs: [
    { instanceIds: [instances.healthy], within: "2h", minLogs: 3 },
    { instanceIds: [instances.healthy], within: "30h", minLogs: 49 },
  ],
};

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
  await evaluateGate(client, policy, { evidenceFile });
  expect(await verifyEvidence(evidenceFile)).toMatchObject({ valid: true });
  expect(await verifyEvidence(evidenceFile, evidenceDigest)).toMatchObject({
    valid: false,
    problems: [expect.stringContaining(evidenceDigest)],
  });
});
