import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyEvidence } from "@auditgate/core";
import { type Emulator, generateData, sample, startEmulator } from "@auditgate/emulator";
import { changeNewestDump, failNewestDump, type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(600_000);

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The end of a day in UTC, the nearest one. */
const midnight = Math.round(Date.now() / DAY_MS) * DAY_MS;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const SEEN = new Date(midnight - 100 * MINUTE_MS).toISOString().slice(0, 19);

const RULES = { dwsAuditDumpRecords: [{ clusterIds: [sample.clusters.healthy], maxFailures: 0 }] };
const ACKNOWLEDGED = {
  rule: "dws.dump.max-failures",
  subject: sample.clusters.healthy,
  record: { executorTime: SEEN },
  reason: "The bucket was renamed; OPS-12.",
  since: day(midnight - 9 * DAY_MS),
  until: day(midnight - 1),
};

const program = `
const gate = new auditgate.AuditGate("gate", policy);
auditgate.guardStack(gate);
new Deployment("guarded");
export const { passed, evidenceDigest, verdictDigest, acknowledged } = gate;`;

/** What is ahead of this machine's clock: the service's clock, and that of the programs [ms]. */
let aheadMs: number;
let emulator: Emulator;
let at: Scratch;
let made: GateStack;
let file: string;

beforeAll(async () => {
  aheadMs = midnight - 10 * MINUTE_MS - Date.now();
  const now = () => new Date(Date.now() + aheadMs);
  emulator = await startEmulator({ now, data: generateData({ anchor: now() }) });
  at = scratch();
  file = join(at.folder, "evidence.jsonl");
  const clock = join(at.folder, "clock.cjs");
  const env = { NODE_OPTIONS: `--require ${clock}` };
  setClocks(-10 * MINUTE_MS);
  made = await gateStack(at, emulator, { program, env });
});
afterEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  at.remove();
});

/** From now on it is so long before or after midnight, for the service and for every program. */
function setClocks(fromMidnightMs: number): void {
  aheadMs = midnight + fromMidnightMs - Date.now();
  writeFileSync(
    join(at.folder, "clock.cjs"),
    `const D = Date; globalThis.Date = class extends D {
      constructor(...given) { given.length ? super(...given) : super(D.now() + ${aheadMs}); }
      static now() { return D.now() + ${aheadMs}; }
    };`,
  );
}

const verdict = () =>
  JSON.parse(readFileSync(file, "utf8").trim().split("\n").at(-1) ?? "") as { readonly passed: boolean };

test("a gate writes its evidence for its owner alone, passed or not, and replaces it only where that is asked for", async () => {
  await made.configure({ policy: { ...RULES, evidenceFile: file } });
  const { outputs } = await runOf((on) => made.stack.up(on));
  const digests = {
    evidenceDigest: String(outputs["evidenceDigest"]?.value),
    verdictDigest: String(outputs["verdictDigest"]?.value),
  };
  expect(await verifyEvidence(file, digests)).toMatchObject({ valid: true, problems: [] });
  expect(verdict()).toMatchObject({ passed: true, policy: RULES });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // It decides nothing, and would differ with the machine.
  const { deployment } = await made.stack.exportStack();
  const gate = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith("AuditGate::gate"));
  expect(gate).toMatchObject({ inputs: { checks: [], ...RULES } });
  expect(JSON.stringify(gate)).not.toContain(file);

  const again = await runOf((on) => made.stack.up(on));
  expect(again.diagnostics).toMatch(/error: .*evidence\.jsonl is there already: .*replaceEvidence/);
  await made.configure({ policy: { ...RULES, evidenceFile: file, replaceEvidence: true } });
  failNewestDump(emulator);
  expect(await runOf((on) => made.stack.preview(on))).toMatchObject({ code: expect.any(Number) });
  expect(verdict()).toMatchObject({ passed: false, violations: [{ ruleId: "dws.dump.max-failures" }] });
  expect(await verifyEvidence(file)).toMatchObject({ valid: true });
  expect(readdirSync(at.folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  rmSync(file);
});

test("a failed dump closes the gate, it is open while that is acknowledged, and closed again past its end", async () => {
  await made.configure({ policy: RULES, version: "1" });
  await made.stack.up();
  made.traces();
  failNewestDump(emulator);
  changeNewestDump(emulator, { executor_time: SEEN });
  await made.configure({ version: "2" });
  const closed = await runOf((on) => made.stack.up(on));
  expect(closed.diagnostics).toMatch(/error: The gate is closed: 1 violation\n/);

  await made.configure({ policy: { ...RULES, acknowledged: [ACKNOWLEDGED] } });
  const passed = await runOf((on) => made.stack.up(on));
  expect(passed.code).toBe(0);
  expect(passed.diagnostics).toMatch(/warning: .*passed.* with 1 acknowledged/);
  expect(passed.diagnostics).toContain(ACKNOWLEDGED.reason);
  expect(passed.outputs["passed"]?.value).toBe(true);
  expect(passed.outputs["acknowledged"]?.value).toMatchObject([{ ruleId: ACKNOWLEDGED.rule }]);
  expect(made.traces()).toEqual(["update guarded 2"]);

  setClocks(10 * MINUTE_MS);
  await made.configure({ version: "3" });
  const after = await runOf((on) => made.stack.up(on));
  expect(after.diagnostics).toMatch(/error: The gate is closed: 1 violation\n/);
  expect(after.diagnostics).toContain(ACKNOWLEDGED.until);
  expect(made.traces()).toEqual([]);
});
