import * as pulumi from "@pulumi/pulumi";
import type * as Package from "../index.ts";

const clusterIds = ["e59d6b86-9072-46eb-a996-13f8b44994c1"];
const policy = { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] };

const made: pulumi.runtime.MockResourceArgs[] = [];
const calls: pulumi.runtime.MockCallArgs[] = [];
let answer: object;
let auditgate: typeof Package;

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        made.push(args);
        const reading = { records: [], summary: { failed: 1 }, complete: true };
        return { id: args.id ?? args.name, state: { ...args.inputs, ...reading } };
      },
      call(args) {
        calls.push(args);
        return { ...args.inputs, ...answer };
      },
    },
    "project",
    "stack",
    false,
  );
  auditgate = await import("../index.ts");
});

beforeEach(() => {
  answer = {};
});

const valueOf = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));
const names = () => made.map(({ name }) => name);

class Service extends pulumi.CustomResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Service", name, {}, opts);
  }
}

test("under mocks that say nothing of it, a gate lets through what depends on it", async () => {
  const gate = new auditgate.AuditGate("silent", policy);
  await auditgate.guardStack(gate);
  expect(await valueOf(gate.passed)).toBe(true);
  await valueOf(new Service("after-silent", { dependsOn: gate }).urn);
  expect(names()).toContain("after-silent");
  expect(calls.at(-1)).toMatchObject({ token: "auditgate:index:evaluateGate", inputs: policy });
});

test("mocks close a gate: its guard fails with the reasons, and what depends on it is never made", async () => {
  answer = { violations: [{ rule: "maxFailures", found: "1 failed dump" }] };
  const gate = new auditgate.AuditGate("closed", policy);
  new Service("after-closed", { dependsOn: gate });
  await expect(auditgate.guardStack(gate)).rejects.toThrow(
    /^The gate is closed: 1 violation\n\nmaxFailures: [^]*found +1 failed dump/,
  );
  expect(await valueOf(gate.passed)).toBe(false);
  expect(await valueOf(gate.violations)).toMatchObject([{ rule: "maxFailures", blocking: true }]);
  expect(names()).not.toContain("after-closed");
});

test("an advisory gate that mocks say has not passed lets through", async () => {
  answer = { passed: false };
  const gate = new auditgate.AuditGate("advisory", { ...policy, enforcement: "advisory" });
  await auditgate.guardStack(gate);
  expect(await valueOf(gate.passed)).toBe(false);
});

test("a check judges what mocks give a resource or a function, a part of a summary too", async () => {
  const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId: clusterIds[0]! });
  const calm = auditgate.gateCheck("calm", dumps, ({ summary }) => summary.failed === 0);
  const gate = new auditgate.AuditGate("checked", { checks: [calm] });
  await expect(auditgate.guardStack(gate)).rejects.toThrow(/calm: audit-log dumps of DWS cluster e59d6b86/);
  answer = { records: [], summary: { totalBytes: 3 }, complete: true };
  const logs = auditgate.getDdsAuditLogsOutput({ instanceId: "i1", last: "1d" });
  const small = auditgate.gateCheck("small", logs, ({ summary }) => summary.totalBytes < 10);
  await auditgate.guardStack(new auditgate.AuditGate("small", { checks: [small] }));
});

test("under mocks, what a check returns is acknowledged by the machine's clock", async () => {
  answer = { records: [{ id: "7" }], summary: { byStatus: [] }, complete: true };
  const [subject] = clusterIds;
  const changes = auditgate.getDwsParameterModificationRecordsOutput({ clusterId: subject! });
  const check = auditgate.gateCheck("calm", changes, ({ records }) => records);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const gateOf = (name: string, until: string) =>
    new auditgate.AuditGate(name, {
      checks: [check],
      acknowledged: [
        {
          rule: "check.calm",
          subject: subject!,
          record: { id: "7" },
          reason: "known",
          since: day(-9),
          until,
        },
      ],
    });
  const open = gateOf("known", day(9));
  await auditgate.guardStack(open);
  expect(await valueOf(open.acknowledged)).toMatchObject([{ ruleId: "check.calm" }]);
  await expect(auditgate.guardStack(gateOf("late", day(-1)))).rejects.toThrow(/counts again/);
});

test("a malformed policy closes the gate under mocks too", async () => {
  const malformed = { dwsAuditDumpRecords: [{ clusterIds, maxAge: "1 day" }] };
  await expect(auditgate.guardStack(new auditgate.AuditGate("malformed", malformed))).rejects.toThrow(
    /maxAge cannot be "1 day"/,
  );
});

type Anything = never;

test.each<[string, () => unknown, RegExp]>([
  [
    "a gate",
    () => new auditgate.AuditGate("g", { ...policy, count: 0 } as Anything),
    /^count is no argument of AuditGate/,
  ],
  [
    "a gate's option",
    () => new auditgate.AuditGate("g", policy, { count: 0 } as Anything),
    /^count is no argument of AuditGate's options/,
  ],
  [
    "a gate that is there",
    () => new auditgate.AuditGate("g", policy, { urn: "urn:…" }),
    /^urn is no option of what is only read/,
  ],
  ["no arguments", () => new auditgate.AuditGate("g", undefined as Anything), /^AuditGate needs an object/],
  [
    "checks of another kind",
    () => new auditgate.AuditGate("g", { checks: [() => true] as Anything }),
    /^checks of AuditGate must be/,
  ],
  [
    "a guard",
    () => auditgate.guardStack(new auditgate.AuditGate("g", policy), ...(["x"] as Anything[])),
    /^guardStack takes a gate/,
  ],
  [
    "a check's option",
    () => auditgate.gateCheck("r", {} as Anything, () => true, { expectd: "x" } as Anything),
    /^expectd is no argument of gateCheck's options/,
  ],
  [
    "a check without a judge",
    () => auditgate.gateCheck("r", {} as Anything, undefined as Anything),
    /^gateCheck needs a name/,
  ],
  [
    "a resource's option",
    () => new auditgate.DwsAuditDumpRecords("d", { clusterId: "c" }, { protect: true } as Anything),
    /^protect is no argument/,
  ],
  [
    "an import",
    () => new auditgate.DwsAuditDumpRecords("d", { clusterId: "c" }, { import: "x" } as Anything),
    /^import is no option of what is only read/,
  ],
  [
    "an import of a gate",
    () => new auditgate.AuditGate("g", policy, { import: "x" } as Anything),
    /^import is no option of what is only read/,
  ],
  [
    "a function with outputs",
    () => auditgate.getDdsAuditLogsOutput({ instance: "i" } as Anything),
    /^instance is no argument of getDdsAuditLogs/,
  ],
  [
    "a provider's option",
    () => new auditgate.Provider("p", {}, { parnet: 1 } as Anything),
    /^parnet is no argument of Provider's options/,
  ],
  [
    "a child of a gate",
    () => new Service("child", { parent: new auditgate.AuditGate("g", policy) }),
    /^A gate cannot be the parent of child/,
  ],
])("%s that nobody knows is refused by name", (_, make, message) => {
  expect(make).toThrow(message);
});

test("a function refuses what it does not know by name", async () => {
  await expect(auditgate.getDwsAuditDumpRecords({ cluster: "c" } as Anything)).rejects.toThrow(
    /^cluster is no argument of getDwsAuditDumpRecords/,
  );
});
