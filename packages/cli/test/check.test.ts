import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./run.ts";

const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";

jest.setTimeout(60_000);

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.reset();
  folder = mkdtempSync(join(tmpdir(), "auditgate-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => auditgate(args, { env: emulator.env, cwd: folder });

function policy(text: string, name = "policy.yaml"): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const ONE = `version: 1
dwsAuditDumpRecords:
  - clusterIds: ["${CLUSTER}"]
    maxAge: 24h
    maxFailures: 0
`;

async function failLatestDump(): Promise<void> {
  const answer = await fetch(`${emulator.url}/_emulator/clusters/${CLUSTER}/dumps/latest`, {
    method: "PATCH",
    body: JSON.stringify({ result: "FAILED", failed_reason: "The bucket is full." }),
  });
  expect(answer.status).toBe(200);
}

test("a policy in order passes with 0, one that is violated is closed with 1 and the reasons", async () => {
  const file = policy(ONE);
  const { AUDITGATE_PROJECT_ID, AUDITGATE_REGION } = emulator.env;
  expect(await run("check", file)).toEqual({
    code: 0,
    stdout: `The gate has passed: 1 audit trail in order\nLooked at project ${AUDITGATE_PROJECT_ID} in ${AUDITGATE_REGION}, signed in by AUDITGATE_ACCESS_KEY.\n`,
    stderr: "1 audit trail to judge\n1 audit trail judged\n",
  });
  await failLatestDump();
  const closed = await run("check", file, "--quiet");
  expect(closed).toMatchObject({ code: 1, stderr: "" });
  expect(closed.stdout).toContain("expected  at most 0 failed dumps\n  found     1 failed dump\n");
  expect(closed.stdout).toContain("The gate is closed: 1 violation\n");
});

test("a policy that only warns passes with 0, and says what is wrong", async () => {
  await failLatestDump();
  const { code, stdout } = await run("check", policy(`${ONE}enforcement: advisory\n`));
  expect(code).toBe(0);
  expect(stdout).toContain("The gate has not passed, but only warns: 1 violation");
});

test("what could not be read ends with 3, and a broken rule beside it with 1", async () => {
  const file = policy(ONE.replace(CLUSTER, "00000000-0000-4000-8000-000000000000"));
  expect(await run("check", file)).toMatchObject({ code: 3 });
  await failLatestDump();
  const both = policy(
    ONE.replace(`"${CLUSTER}"`, `"00000000-0000-4000-8000-000000000000", "${CLUSTER}"`),
    "both.yaml",
  );
  expect(await run("check", both)).toMatchObject({ code: 1 });
});

test("without credentials it ends with 3", async () => {
  const file = policy(ONE);
  const env = { AUDITGATE_REGION: "eu-de", AUDITGATE_PROJECT_ID: "f".repeat(32), AUDITGATE_METADATA: "off" };
  expect(await auditgate(["check", file], { env, cwd: folder })).toMatchObject({ code: 3 });
});

test.each([
  ["an unknown command", ["chekc"]],
  ["an unknown option", ["check", "policy.yaml", "--formt", "json"]],
  ["an unknown format", ["check", "policy.yaml", "--format", "yaml"]],
  ["a shard that is none", ["check", "policy.yaml", "--shard", "4/3"]],
  ["an unknown target", ["check", "policy.yaml", "--target", "nowhere"]],
  ["an instant without a zone", ["check", "policy.yaml", "--at", "2026-01-01T00:00:00"]],
  ["a file that is not there", ["check", "nothing.yaml"]],
])("%s ends with 2, and one message", async (_, args) => {
  policy(ONE);
  const { code, stdout, stderr } = await run(...args, ...(args[0] === "check" ? ["--quiet"] : []));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).not.toContain("    at ");
});

test("every mistake in a policy has a line of its own, with file, line, column and field", async () => {
  const file = policy(`version: 1
dwsAuditDumpRecords:
  - clusterIds: ["${CLUSTER}"]
    maxAge: 24 hours
    maxFailurs: 0
    timeZone: Nowhere
`);
  const { code, stderr } = await run("check", file);
  expect(code).toBe(2);
  expect(stderr.trimEnd().split("\n")).toEqual([
    "auditgate: 3 mistakes in the policy",
    'policy.yaml:4:5 maxAge must be a whole number and a unit (s, m, h, d, w), such as 24h or 7d, not "24 hours"',
    "policy.yaml:5:5 maxFailurs is not known here, but maxFailures is",
    'policy.yaml:6:5 timeZone must be an offset such as +08:00 or an IANA name such as Asia/Shanghai, not "Nowhere"',
  ]);
});

test("targets are judged each with their own settings, and one that cannot be reached does not end the others", async () => {
  const endpoint = emulator.url;
  const text = `version: 1
targets:
  - { name: here, endpoints: { dws: "${endpoint}" } }
  - { name: away, region: eu-nl, endpoints: { dws: "http://127.0.0.1:1" }, maxRetries: 0 }
${ONE.slice("version: 1\n".length)}`;
  const { code, stdout } = await run("check", policy(text), "--format", "json", "--quiet");
  const verdict = JSON.parse(stdout);
  expect(code).toBe(3);
  expect(
    verdict.targets.map(({ name, passed }: { name: string; passed: boolean }) => [name, passed]),
  ).toEqual([
    ["here", true],
    ["away", false],
  ]);
  expect(await run("check", "policy.yaml", "--target", "here")).toMatchObject({ code: 0 });
});

test("a pipe is written to, and stays what it is", async () => {
  const file = policy(ONE);
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe]);
  const said = text(reader.stdout);
  expect(await run("check", file, "--format", "json", "--output", "pipe")).toMatchObject({ code: 0 });
  expect(JSON.parse(await said)).toMatchObject({ passed: true });
  expect(statSync(pipe).isFIFO()).toBe(true);
});

test("output and evidence are whole files, and nothing is left beside them", async () => {
  const file = policy(ONE);
  expect(
    await run("check", file, "--format", "json", "--output", "verdict.json", "--evidence", "evidence.jsonl"),
  ).toMatchObject({ code: 0, stdout: "" });
  expect(readdirSync(folder).toSorted()).toEqual(["evidence.jsonl", "policy.yaml", "verdict.json"]);
  const { evidenceDigest, targets } = JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8"));
  expect(evidenceDigest).toMatch(/^[0-9a-f]{64}$/);
  const [{ evidenceDigest: digest }] = targets;
  expect(await run("verify", "evidence.jsonl", "--digest", digest)).toMatchObject({ code: 0 });
  expect(await run("verify", "evidence.jsonl", "--digest", evidenceDigest)).toMatchObject({ code: 1 });
});

test("every cluster that the service lists is judged, in shards as in one run", async () => {
  const file = policy(`version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], maxFailures: 0 }
`);
  const at = new Date(Date.now() - 60_000).toISOString();
  await run("check", file, "--at", at, "--format", "json", "--output", "whole.json");
  for (const shard of ["1", "2"]) {
    await run(
      "check",
      file,
      "--at",
      at,
      "--shard",
      `${shard}/2`,
      "--format",
      "json",
      "--output",
      `${shard}.json`,
    );
  }
  const merged = await run("merge", "2.json", "1.json", "--format", "json");
  expect(merged.stdout).toBe(readFileSync(join(folder, "whole.json"), "utf8"));
  const [target] = JSON.parse(merged.stdout).targets;
  const there = emulator.data.clusters.filter(
    ({ projectId }) => projectId === emulator.env["AUDITGATE_PROJECT_ID"],
  );
  expect(target.subjects + target.skipped.length).toBe(there.length + 1);
});

test("shards merged are one run, byte for byte; a missing, doubled or differing shard is refused by name", async () => {
  const ids = emulator.data.clusters
    .filter(({ projectId }) => projectId === emulator.env["AUDITGATE_PROJECT_ID"])
    .map(({ id }) => `"${id}"`)
    .join(", ");
  const file = policy(`version: 1
dwsAuditDumpRecords:
  - { clusterIds: [${ids}], maxFailures: 0, maxAge: 1h }
dwsParameterModificationRecords:
  - { clusterIds: [${ids}], maxChanges: 1 }
`);
  const at = new Date(Date.now() - 60_000).toISOString();
  await run("check", file, "--at", at, "--format", "json", "--output", "whole.json");
  for (const shard of ["1", "2", "3"]) {
    await run(
      "check",
      file,
      "--at",
      at,
      "--shard",
      `${shard}/3`,
      "--format",
      "json",
      "--output",
      `${shard}.json`,
    );
  }
  const merged = await run("merge", "3.json", "1.json", "2.json", "--format", "json");
  expect(merged.stdout).toBe(readFileSync(join(folder, "whole.json"), "utf8"));
  expect(merged.code).toBe(1);
  expect(await run("merge", "1.json", "3.json")).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("shard 2/3"),
  });
  expect(await run("merge", "1.json", "2.json", "2.json", "3.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("shard 2/3 is there twice"),
  });
  await run(
    "check",
    file,
    "--at",
    new Date().toISOString(),
    "--shard",
    "3/3",
    "--format",
    "json",
    "--output",
    "3.json",
  );
  expect(await run("merge", "1.json", "2.json", "3.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("shard 3/3 has another instant"),
  });
});
