import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { type Bench, createBench, outputsOf, succeeded } from "./bench.ts";

const program = resolve("examples/cdktf-outputs/main.ts");
const stack = (folder: string) => join(folder, "cdktf.out", "stacks", "audit-outputs");

let emulator: Emulator;
let bench: Bench;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench({
    ...emulator.env,
    DWS_CLUSTER_ID: sample.clusters.failedDump,
    DDS_INSTANCE_ID: sample.instances.silentNode,
  });
});

afterAll(async () => {
  await emulator.close();
  bench.remove();
});

test("the example gives out what was read, and the next plan sees what has changed since", async () => {
  await succeeded(bench.node(program, bench.folder));
  const folder = stack(bench.folder);
  await succeeded(bench.engine("terraform", folder, "init"));
  await succeeded(bench.engine("terraform", folder, "apply", "-auto-approve"));

  const outputs = outputsOf(await bench.engine("terraform", folder, "output", "-json"));
  expect(outputs).toMatchObject({
    headline: expect.stringMatching(
      /^1 of \d+ dumps failed, 0 of \d+ parameter changes are pending, \d+ audit logs on 3 nodes$/,
    ),
    complete: true,
    dump_summary: { failed: 1 },
    first_dumps: Array.from({ length: 5 }, () =>
      expect.objectContaining({ bucket_name: expect.any(String) }),
    ),
    log_summary: { by_node: sample.nodes.silentNode.map((node_id) => expect.objectContaining({ node_id })) },
  });
  await succeeded(bench.engine("terraform", folder, "plan", "-detailed-exitcode"));

  emulator.update((data) => {
    const cluster = data.clusters.find(({ id }) => id === sample.clusters.failedDump);
    if (!Array.isArray(cluster?.dumps)) throw new Error("the sample has changed");
    for (const dump of cluster.dumps.slice(0, 3))
      Object.assign(dump, { result: "FAILED", failed_reason: "no space" });
  });
  const plan = await bench.engine("terraform", folder, "plan", "-detailed-exitcode");
  expect(plan).toMatchObject({ code: 2, output: expect.stringContaining("dumps failed") });
  expect(plan.stdout).toMatch(/~ headline .*1 of .* -> "[2-4] of /);
}, 60_000);

test("credentials from the environment are in no file that synthesis, plan and apply leave", async () => {
  const folder = stack(bench.folder);
  await bench.engine("terraform", folder, "plan", "-out=saved.plan");
  await bench.engine("terraform", folder, "apply", "saved.plan");
  const files = [
    join(folder, "cdk.tf.json"),
    join(folder, ".terraform.lock.hcl"),
    join(bench.folder, "cdktf.out", "manifest.json"),
    join(bench.folder, "terraform.audit-outputs.tfstate"),
  ].map((file) => readFileSync(file, "utf8"));
  const plan = await succeeded(bench.engine("terraform", folder, "show", "-json", "saved.plan"));
  expect(plan.stdout).toContain(sample.clusters.failedDump);
  for (const content of [...files, plan.stdout]) {
    expect(content).not.toContain(sample.auditor.secretKey);
    expect(content).not.toContain(sample.auditor.accessKey);
  }
}, 60_000);

test.each([
  ["a wrong key", { AUDITGATE_SECRET_KEY: "not-the-right-one-canary" }, /signature|credentials/i],
  ["an unknown cluster", { TF_VAR_cluster_id: sample.clusters.unknown }, /cluster/i],
  ["a malformed id", { TF_VAR_cluster_id: "not-a-guid" }, /cluster_id/],
  ["an endpoint where nobody listens", { AUDITGATE_DWS_ENDPOINT: "http://127.0.0.1:9" }, /127\.0\.0\.1:9/],
])(
  "%s fails the plan with one message",
  async (_, variables, message) => {
    const folder = stack(bench.folder);
    const failing = createBench({
      ...emulator.env,
      TF_VAR_instance_id: sample.instances.healthy,
      ...variables,
    });
    try {
      const plan = await failing.engine("terraform", folder, "plan");
      expect(plan).toMatchObject({ code: 1, output: expect.stringMatching(message) });
      expect(plan.output).not.toMatch(/^\s+at .*\.[cm]?[jt]s:\d+/m);
      expect(plan.output).not.toContain("canary");
    } finally {
      failing.remove();
    }
  },
  60_000,
);
