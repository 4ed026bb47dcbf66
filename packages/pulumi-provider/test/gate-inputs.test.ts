import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { CLOSED, failNewestDump, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const clusterId = sample.clusters.healthy;
const { netherlands } = sample;

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

beforeEach(() => emulator.reset());

test.each([
  ["argument", "{ clusterIds: [cluster.id.apply((id) => id.slice(2))], maxFailures: 0 }", "{}"],
  ["dependency", "{ clusterIds: [config.require('clusterId')], maxFailures: 0 }", "{ dependsOn: cluster }"],
])(
  "a preview with an unknown %s asks nothing and says so; up judges before anything is touched",
  async (kind, rules, options) => {
    const { stack, traces } = await gateStack(at, emulator, {
      name: `unknown-${kind}`,
      config: { clusterId: { value: clusterId } },
      program: `
      const cluster = new Deployment("a-" + config.require("clusterId"));
      const gate = new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [${rules}] }, ${options});
      new Deployment("guarded", { dependsOn: gate });
      export const { passed } = gate;`,
    });
    failNewestDump(emulator);
    const before = emulator.requests.length;
    const preview = await runOf((on) => stack.preview(on));
    expect(preview.code).toBe(0);
    expect(preview.text).toMatch(/passed *: \[unknown\]/);
    expect(preview.diagnostics).toContain(
      `warning: This preview does not judge the gate, for what its arguments come from is still to be created or replaced: a-${clusterId}. up judges it after that.`,
    );
    expect(emulator.requests).toHaveLength(before);
    const up = await runOf((on) => stack.up(on));
    expect(up.diagnostics).toMatch(CLOSED);
    expect(up.code).toBe(1);
    expect(traces()).toEqual([`create a-${clusterId} 1`]);
    await emulator.reset();
    await stack.up();
    expect(traces()).toEqual(["create guarded 1"]);
  },
);

test("what is secret in a policy is neither in the message nor in the state", async () => {
  const { stack } = await gateStack(at, emulator, {
    name: "secret",
    config: { clusterId: { value: clusterId, secret: true } },
    program: `
      const clusterIds = [config.requireSecret("clusterId")];
      const gate = new auditgate.AuditGate("gate", { ...policy, dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] });
      export const { violations } = gate;`,
  });
  failNewestDump(emulator);
  const closed = await runOf((on) => stack.up(on));
  expect(closed.diagnostics).toMatch(CLOSED);
  expect(closed.diagnostics).toContain("maxFailures: audit-log dumps of DWS cluster [secret]\n");
  expect(closed.text).not.toContain(clusterId);
  await stack.setConfig("policy", { value: JSON.stringify({ enforcement: "advisory" }) });
  const advisory = await runOf((on) => stack.up(on));
  expect(advisory.code).toBe(0);
  expect(advisory.diagnostics).toContain("audit-log dumps of DWS cluster [secret] (a warning only)\n");
  expect(advisory.text).not.toContain(clusterId);
  expect(advisory.outputs["violations"]).toMatchObject({ secret: true, value: [{ subject: clusterId }] });
  const files = globSync(join(at.folder, "state/.pulumi/**/secret*.json*"));
  const states = files.map((file) => readFileSync(file, "utf8"));
  expect(states.join()).toContain("AuditGate");
  expect(states.join()).not.toContain(clusterId);
});

test("a gate judges another region and project, and another account by a provider", async () => {
  const { stack } = await gateStack(at, emulator, {
    name: "elsewhere",
    config: { secretKey: { value: sample.auditor.secretKey, secret: true } },
    program: `
      const { region, projectId, cluster, url, accessKey } = ${JSON.stringify({
        region: netherlands.region,
        projectId: netherlands.project.id,
        cluster: netherlands.cluster,
        url: emulator.url,
        accessKey: sample.auditor.accessKey,
      })};
      const dwsAuditDumpRecords = [{ clusterIds: [cluster], maxFailures: 0 }];
      const byArgument = new auditgate.AuditGate("by-argument", { dwsAuditDumpRecords, region, projectId });
      const provider = new auditgate.Provider("dutch", {
        region, projectId, accessKey, secretKey: config.requireSecret("secretKey"),
        endpoints: { dws: url, dds: url, iam: url },
      });
      const byProvider = new auditgate.AuditGate("by-provider", { dwsAuditDumpRecords }, { providers: [provider] });
      export const passed = [byArgument.passed, byProvider.passed];
      export const digests = pulumi.all([byArgument.evidenceDigest, byProvider.evidenceDigest]).apply((all) => new Set(all).size);`,
  });
  const { outputs } = await stack.up();
  expect(outputs).toMatchObject({ passed: { value: [true, true] }, digests: { value: 1 } });
  const fault = emulator.inject({ on: "dumps", status: 403 });
  const { code, diagnostics } = await runOf((on) => stack.up(on));
  await fault.remove();
  expect(code).toBe(1);
  expect(diagnostics.match(/The gate is closed: 1 violation/g)).toHaveLength(2);
});
