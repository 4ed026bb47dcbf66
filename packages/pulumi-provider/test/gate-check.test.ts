import { statSync } from "node:fs";
import { join } from "node:path";
import { verifyEvidence } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const { clusters, instances } = sample;

let emulator: Emulator;
let at: Scratch;
let gated: GateStack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  gated = await gateStack(at, emulator, {
    config: {
      clusterId: { value: clusters.healthy },
      instanceId: { value: instances.healthy },
      wanted: { value: "[]" },
    },
    program: `
      const clusterId = config.require("clusterId");
      const { gateCheck } = auditgate;
      const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
      const partial = new auditgate.DwsAuditDumpRecords("partial", { clusterId, maxRecords: 3 });
      const changes = auditgate.getDwsParameterModificationRecordsOutput({ clusterId });
      const logs = await auditgate.getDdsAuditLogs({ instanceId: config.require("instanceId"), last: "1d" });
      const canary = "canary-of-the-program";
      const checks = {
        yes: gateCheck("yes", dumps, ({ records }) => records.length > 100 && canary !== ""),
        none: gateCheck("none", changes, async ({ records }) => records.filter(({ operator }) => operator === canary)),
        bytes: gateCheck("bytes", logs, ({ summary }) => summary.totalBytes > 0),
        no: gateCheck("no", dumps, () => false, { expected: "a dump of the year 1999" }),
        few: gateCheck("few", changes, ({ records }) => records.slice(0, 7)),
        two: gateCheck("two", changes, ({ records }) => records.slice(0, 2)),
        throws: gateCheck("throws", dumps, () => { throw new Error("no such thing\\n::error::gotcha"); }),
        vague: gateCheck("vague", dumps, () => "perhaps"),
        partial: gateCheck("partial", partial, () => true),
      };
      const wanted = config.requireObject("wanted").map((name) => checks[name]);
      const gate = new auditgate.AuditGate("gate", { ...policy, checks: wanted });
      new Deployment("guarded", { dependsOn: gate });
      export const { passed, violations, acknowledged, evidenceDigest, verdictDigest } = gate;`,
  });
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

const good = ["yes", "none", "bytes"];
const bad = ["no", "few", "throws", "vague", "partial"];

test("checks that find nothing let the deployment pass, alone and beside a policy, and are in no state", async () => {
  await gated.configure({ wanted: good });
  const { outputs } = await gated.stack.up();
  expect(outputs).toMatchObject({ passed: { value: true }, violations: { value: [] } });
  const policy = { dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxFailures: 0 }] };
  await gated.configure({ policy });
  const both = await gated.stack.up();
  expect(both.outputs["passed"]?.value).toBe(true);
  // The policy's reading is one that a check has judged already.
  expect(both.outputs["evidenceDigest"]).toEqual(outputs["evidenceDigest"]);
  expect(gated.traces()).toEqual(["create guarded 1"]);
  const state = JSON.stringify(await gated.stack.exportStack());
  expect(state).toContain("AuditGate");
  expect(state).not.toContain("canary-of-the-program");
});

test("each check that does not say yes is a violation, in the form of all others", async () => {
  await gated.configure({ policy: {}, wanted: [...good, ...bad], version: "2" });
  const preview = await runOf((on) => gated.stack.preview(on));
  expect(preview.diagnostics).toContain("The gate is closed: 5 violations\n");
  const { code, diagnostics } = await runOf((on) => gated.stack.up(on));
  expect(code).toBe(1);
  expect(diagnostics).toContain("error: The gate is closed: 5 violations\n");
  for (const part of [
    new RegExp(
      `^ +no: audit-log dumps of DWS cluster ${clusters.healthy}\n +expected +a dump of the year 1999\n +found +otherwise\n`,
      "m",
    ),
    /^ +few: parameter modifications of DWS cluster .*\n +expected +the check "few" to find nothing\n +found +7 records against it\n( +record +{"id":.*\n){2} +… and 3 more in the outputs\n/m,
    /^ +throws: .*\n.*\n +found +a check that cannot judge \(Error: no such thing/m,
    /^ +vague: .*\n.*\n +found +a check that says neither yes nor no/m,
    /^ +complete: .*\n.*\n +found +a reading that cannot be proved complete \(truncated: /m,
  ])
    expect(diagnostics).toMatch(part);
  expect(diagnostics).not.toMatch(/^ *::error|^ +at |node_modules/m);
  expect(gated.traces()).toEqual([]);
});

test("advisory, they warn; onError softens only the reading that is not complete", async () => {
  await gated.configure({ policy: { enforcement: "advisory" } });
  const { outputs } = await gated.stack.up();
  expect(outputs).toMatchObject({ passed: { value: false } });
  const found = outputs["violations"]?.value as readonly { rule: string; blocking: boolean }[];
  expect(found.map(({ rule }) => rule)).toEqual(["no", "few", "throws", "vague", "complete"]);
  expect(found.every(({ blocking }) => !blocking)).toBe(true);
  expect(gated.traces()).toEqual(["update guarded 2"]);

  await gated.configure({ policy: { onError: "warn" }, wanted: ["partial"], version: "3" });
  const softened = await gated.stack.up();
  expect(softened.outputs["passed"]?.value).toBe(false);
  expect(gated.traces()).toEqual(["update guarded 3"]);
  await gated.configure({ wanted: ["no"] });
  expect((await runOf((on) => gated.stack.preview(on))).diagnostics).toMatch(
    /The gate is closed: 1 violation/,
  );
});

test("records that a check returns are acknowledged one by one, and the evidence has what it has said", async () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const evidenceFile = join(at.folder, "evidence.jsonl");
  const evidence = { evidenceFile, replaceEvidence: true };
  await gated.configure({ policy: { enforcement: "advisory", ...evidence }, wanted: ["two"], version: "4" });
  const warned = await gated.stack.up();
  const found = warned.outputs["violations"]?.value as readonly { records: readonly string[] }[];
  const known = found[0]?.records.map((record) => ({
    rule: "check.two",
    subject: clusters.healthy,
    record: { id: String((JSON.parse(record) as { id: unknown }).id) },
    reason: "Raised in an incident; OPS-31.",
    since: day(-1),
    until: day(20),
  }));
  expect(known).toHaveLength(2);
  gated.traces();

  await gated.configure({ policy: { acknowledged: known?.slice(1), ...evidence }, version: "5" });
  const half = await runOf((on) => gated.stack.up(on));
  expect(half.diagnostics).toMatch(/two: parameter modifications of .*\n.*\n +found +1 record against it\n/);
  await gated.configure({ policy: { acknowledged: known?.map((each) => ({ ...each, until: day(-1) })) } });
  const late = await runOf((on) => gated.stack.preview(on));
  expect(late.diagnostics).toContain(`what was acknowledged until ${day(-1)} counts again`);
  await gated.configure({ policy: { acknowledged: [{ ...known?.[0], rule: "check.three" }] } });
  const other = await runOf((on) => gated.stack.preview(on));
  expect(other.diagnostics).toContain("this gate has no check of that name, only check.two");
  expect(gated.traces()).toEqual([]);

  await gated.configure({ policy: { acknowledged: known, ...evidence } });
  const open = await runOf((on) => gated.stack.up(on));
  expect(open.diagnostics).toMatch(/warning: The gate has passed with 2 acknowledged: 1 check in order\n/);
  expect(open.diagnostics).toContain("Raised in an incident; OPS-31.");
  expect(open.outputs["acknowledged"]?.value).toHaveLength(2);
  expect(gated.traces()).toEqual(["update guarded 5"]);
  const digests = {
    evidenceDigest: String(open.outputs["evidenceDigest"]?.value),
    verdictDigest: String(open.outputs["verdictDigest"]?.value),
  };
  expect(statSync(evidenceFile).mode & 0o777).toBe(0o600);
  expect(await verifyEvidence(evidenceFile, digests)).toMatchObject({
    valid: true,
    problems: [],
    checks: [{ rule: "two", subject: clusters.healthy }],
  });
});
