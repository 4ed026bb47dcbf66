import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { App, DataResource, LocalBackend, TerraformIterator, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { broken, kept } from "../../../test/every-rule.ts";
import { AuditGate, type AuditGateConfig, AuditgateProvider } from "../src/index.ts";
import { type Bench, createBench, type Outcome, succeeded } from "./bench.ts";

jest.setTimeout(120_000);

const { clusters } = sample;

let emulator: Emulator;
let bench: Bench;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench({ ...emulator.env, AUDITGATE_MAX_RETRIES: "0" });
});
afterEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  bench.remove();
});

const NO_FAILED_DUMP: AuditGateConfig = {
  dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxFailures: 0 }],
};

function failDump(): void {
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === clusters.healthy)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("the sample has changed");
    Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
  });
}

/** Something to deploy, that notes each of its releases in a file. */
function deployment(scope: Construct, id: string, input?: string): DataResource {
  return new DataResource(scope, id, {
    triggersReplace: { release: "${var.release}", input },
    lifecycle: { createBeforeDestroy: true },
    provisioners: [{ type: "local-exec", command: `echo "\${self.triggers_replace.release}" >> ${id}.txt` }],
  });
}

/** An initialised stack with the provider, that `build` fills. */
async function prepare(
  name: string,
  build: (stack: TerraformStack) => void,
  engine: "terraform" | "tofu" = "terraform",
) {
  const app = new App({ outdir: join(bench.folder, "gates") });
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AuditgateProvider(stack, "auditgate");
  stack.addOverride("variable.release.default", "one");
  build(stack);
  app.synth();
  const folder = join(app.outdir, "stacks", name);
  await succeeded(bench.engine(engine, folder, "init"));
  const read = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return {
    run: (...args: readonly string[]) => bench.engine(engine, folder, ...args),
    state: () => read("terraform.tfstate"),
    releases: (id: string) => read(`${id}.txt`),
  };
}

const closedOnce = ({ code, output }: Outcome) => ({
  code,
  errors: output.match(/Error: /g)?.length,
  gates: output.match(/Error: The gate is closed/g)?.length,
});
const CLOSED = { code: 1, errors: 1, gates: 1 };

test("a stack under a gate is deployed in order, and nothing of it is touched while the gate is violated", async () => {
  const { run, state, releases } = await prepare("whole", (stack) => {
    new AuditGate(stack, "gate", NO_FAILED_DUMP).guardStack();
    deployment(new Construct(stack, "service"), "inside");
    deployment(stack, "outside");
  });
  await succeeded(run("apply", "-auto-approve"));
  expect([releases("inside"), releases("outside")]).toEqual(["one\n", "one\n"]);
  expect(await run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

  failDump();
  const before = state();
  for (const command of [
    "plan -detailed-exitcode",
    "plan -refresh-only",
    "plan -destroy",
    "plan -target=terraform_data.outside",
    "apply -auto-approve",
    "apply -auto-approve -refresh=false",
    "apply -auto-approve -target=terraform_data.outside",
    "destroy -auto-approve",
  ]) {
    expect([command, closedOnce(await run(...command.split(" "), "-var=release=two"))]).toEqual([
      command,
      CLOSED,
    ]);
  }
  expect(state()).toBe(before);
  expect([releases("inside"), releases("outside")]).toEqual(["one\n", "one\n"]);

  await emulator.reset();
  await succeeded(run("apply", "-auto-approve", "-var=release=two"));
  expect(releases("inside")).toBe("one\ntwo\n");
  failDump();
  await succeeded(run("destroy", "-auto-approve", "-refresh=false"));
});

test("guarded constructs are held back, and what is beside them can be targeted", async () => {
  const { run, releases } = await prepare("parts", (stack) => {
    const service = new Construct(stack, "service");
    new AuditGate(stack, "gate", NO_FAILED_DUMP).guard(service);
    deployment(service, "inside");
    deployment(stack, "outside");
  });
  failDump();
  expect(closedOnce(await run("apply", "-auto-approve"))).toEqual(CLOSED);
  await succeeded(run("apply", "-auto-approve", "-target=terraform_data.outside"));
  expect([releases("inside"), releases("outside")]).toEqual(["", "one\n"]);
});

test("with savedPlans, a plan that was saved while all was well is stopped too, and the reasons are said once", async () => {
  const { run, state, releases } = await prepare("saved", (stack) => {
    new AuditGate(stack, "gate", { ...NO_FAILED_DUMP, savedPlans: true }).guardStack();
    deployment(stack, "release");
  });
  await succeeded(run("apply", "-auto-approve"));
  await succeeded(run("plan", "-out=two.plan", "-var=release=two"));
  failDump();
  expect(closedOnce(await run("plan"))).toEqual(CLOSED);
  // The digest of a verdict is another one after every evaluation.
  const resources = () =>
    JSON.parse(state(), (name, value: unknown) => (name === "verdict_digest" ? undefined : value)).resources;
  const before = resources();
  expect(closedOnce(await run("apply", "two.plan"))).toEqual(CLOSED);
  expect(releases("release")).toBe("one\n");
  expect(resources()).toEqual(before);
});

test("without savedPlans, such a plan is applied", async () => {
  const { run, releases } = await prepare("unsaved", (stack) => {
    new AuditGate(stack, "gate", NO_FAILED_DUMP).guardStack();
    deployment(stack, "release");
  });
  await succeeded(run("plan", "-out=one.plan"));
  failDump();
  await succeeded(run("apply", "one.plan"));
  expect(releases("release")).toBe("one\n");
});

test("what the gate depends on comes before it, without a cycle, and what it guards after it", async () => {
  const { run, releases } = await prepare("unknown", (stack) => {
    new DataResource(stack, "cluster", { input: { id: clusters.healthy } });
    const clusterIds = ["${terraform_data.cluster.output.id}"];
    const first = new AuditGate(stack, "first", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] });
    first.guardStack();
    new AuditGate(stack, "second", NO_FAILED_DUMP).guardStack();
    deployment(stack, "release", first.evidenceDigest);
  });
  await succeeded(run("validate"));
  await succeeded(run("apply", "-auto-approve", "-target=terraform_data.cluster"));
  failDump();
  expect(await run("apply", "-auto-approve")).toMatchObject({ code: 1 });
  expect(releases("release")).toBe("");
  await emulator.reset();
  await succeeded(run("apply", "-auto-approve"));
  expect(releases("release")).toBe("one\n");
});

describe("a gate for each of a list", () => {
  const forEach = (name: string, ids: readonly string[], engine: "terraform" | "tofu" = "terraform") =>
    prepare(
      name,
      (stack) => {
        const listed = new TerraformVariable(stack, "ids", { type: "list(string)", default: [...ids] });
        const each = TerraformIterator.fromList(listed.listValue);
        const clusterIds = [each.value as string];
        new AuditGate(stack, "gate", {
          dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }],
          forEach: each,
          savedPlans: true,
        }).guardStack();
        deployment(stack, "release");
      },
      engine,
    );

  test("is closed where one of them is", async () => {
    const { run, releases } = await forEach("each", [clusters.busy, clusters.healthy]);
    failDump();
    expect(closedOnce(await run("apply", "-auto-approve"))).toEqual(CLOSED);
    expect(releases("release")).toBe("");
    await emulator.reset();
    await succeeded(run("apply", "-auto-approve"));
    expect(releases("release")).toBe("one\n");
  });

  test.each(["terraform", "tofu"] as const)(
    "fails the plan where the list is empty, with %s",
    async (engine) => {
      const { run, state } = await forEach(`none-${engine}`, [], engine);
      for (const command of [
        ["plan"],
        ["apply", "-auto-approve"],
        ["plan", "-target=terraform_data.release"],
      ]) {
        const outcome = await run(...command);
        expect(outcome.code).toBe(1);
        expect(outcome.output.replaceAll(/[\s│]+/g, " ")).toContain(
          `none-${engine}/gate: forEach is empty, so that the gate would hold nothing back`,
        );
      }
      expect(state()).toBe("");
    },
  );
});

test("every rule can be kept", async () => {
  const { run, releases } = await prepare("kept", (stack) => {
    const gate = new AuditGate(stack, "gate", kept);
    gate.guardStack();
    gate.dataSource.expect(gate.passed, "The gate has not passed.");
    deployment(stack, "release");
  });
  await succeeded(run("apply", "-auto-approve"));
  expect(releases("release")).toBe("one\n");
});

test("every rule can be broken, and one error says so of all of them", async () => {
  const { run, state, releases } = await prepare("broken", (stack) => {
    new AuditGate(stack, "gate", broken).guardStack();
    deployment(stack, "release");
  });
  const rules = [
    ...["max_age", "max_failures", "max_gap", "max_running", "bucket_name", "location_prefix"].map(
      (rule) => `${rule}: audit-log dumps`,
    ),
    ...["no_pending", "max_failed", "max_changes", "allowed_operators", "freeze_windows"].map(
      (rule) => `${rule}: parameter modifications`,
    ),
    ...["node_ids", "max_gap", "max_age", "min_logs", "max_total_bytes"].map((rule) => `${rule}: audit logs`),
  ];
  for (const command of [["plan"], ["apply", "-auto-approve"]]) {
    const outcome = await run(...command);
    expect(closedOnce(outcome)).toEqual(CLOSED);
    for (const rule of rules) expect(outcome.output).toContain(rule);
  }
  expect([state(), releases("release")]).toEqual(["", ""]);
});

test.each<[string, () => void, RegExp]>([
  ["forbidden", () => void emulator.inject({ on: "dumps", status: 403 }), /ERR_FORBIDDEN/],
  ["unreachable", () => void emulator.inject({ on: "dumps", connection: "reset" }), /ERR_CONNECTION/],
  ["incomplete", () => void emulator.inject({ on: "dumps", total: { add: 5 } }), /total-mismatch/],
])("a reading that is %s does not pass", async (name, happen, reason) => {
  const { run, state } = await prepare(name, (stack) => {
    new AuditGate(stack, "gate", NO_FAILED_DUMP).guardStack();
    deployment(stack, "release");
  });
  happen();
  const outcome = await run("apply", "-auto-approve");
  expect(closedOnce(outcome)).toEqual(CLOSED);
  expect(outcome.output).toMatch(reason);
  expect(state()).toBe("");
  await emulator.clearFaults();
});

test("an advisory gate warns, and what was found can be decided by", async () => {
  const { run, releases } = await prepare("advisory", (stack) => {
    new AuditGate(stack, "gate", { ...NO_FAILED_DUMP, enforcement: "advisory" }).guardStack();
    deployment(stack, "release");
  });
  failDump();
  const apply = await succeeded(run("apply", "-auto-approve"));
  expect(apply.output).toContain("Warning: The gate has not passed, but only warns: 1 violation");
  expect(releases("release")).toBe("one\n");
});

test("an expectation of an advisory gate fails the plan with a message of one's own", async () => {
  const { run, state } = await prepare("expected", (stack) => {
    const gate = new AuditGate(stack, "gate", { ...NO_FAILED_DUMP, enforcement: "advisory" });
    gate.guardStack().dataSource.expect(gate.passed, "The audit trail is not in order.");
    deployment(stack, "release");
  });
  failDump();
  const apply = await run("apply", "-auto-approve");
  expect(apply.code).toBe(1);
  expect(apply.output).toContain("The audit trail is not in order.");
  expect(state()).toBe("");
});
