import { cpSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { type Emulator, type EmulatorData, sample, startEmulator } from "@auditgate/emulator";
import { createProject } from "../packages/terraform-provider/test/project.ts";

jest.setTimeout(180_000);

const EXAMPLES = "examples/terraform-conditions";
const { healthy: clusterId } = sample.clusters;
const { healthy: instanceId } = sample.instances;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const clusterOf = ({ clusters }: EmulatorData) => found(clusters.find(({ id }) => id === clusterId));
const instanceOf = ({ instances }: EmulatorData) => found(instances.find(({ id }) => id === instanceId));
/** The samples are lists; generated ones are for tests of size. */
const firstOf = (rows: object): object => found(Array.isArray(rows) ? (rows[0] as object) : undefined);

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the sample has changed");
  return value;
}

const FAILED = { result: "FAILED", failed_reason: "The bucket is full." };

/** For each data source, what makes its conditions fail, and what they say then. */
const BROKEN: Readonly<
  Record<string, { readonly by: (data: EmulatorData) => unknown; readonly says: string }>
> = {
  dws_audit_dump_records: {
    by: (data) => Object.assign(firstOf(clusterOf(data).dumps), FAILED),
    says: "1 audit-log dumps failed.",
  },
  dws_parameter_modification_records: {
    by: (data) => Object.assign(firstOf(clusterOf(data).parameterChanges), { status: "Pending-Reboot" }),
    says: "1 parameter modifications are not in effect yet.",
  },
  dds_audit_logs: {
    by: (data) => Object.assign(instanceOf(data), { auditLogs: [] }),
    says: "No audit log of the last 24 hours was found.",
  },
  dws_clusters: {
    by: (data) => Object.assign(clusterOf(data), { info: { status: "FROZEN" } }),
    says: "A DWS cluster is frozen, or not all clusters could be listed.",
  },
  dds_instances: {
    by: (data) => Object.assign(instanceOf(data), { info: { status: "abnormal" } }),
    says: "A DDS instance is not in order, or not all instances could be listed.",
  },
  gate: {
    by: (data) => Object.assign(firstOf(clusterOf(data).dumps), FAILED),
    says: "1 failed dump",
  },
};

/** What an engine makes of a condition that does not hold, and what stands there while it does. */
const CONDITIONS = {
  check: { code: 0, says: "Warning: ", deployed: [] },
  precondition: {
    code: 1,
    says: "Error: Resource precondition failed",
    deployed: ["terraform_data.deployment"],
  },
  postcondition: {
    code: 1,
    says: "Error: Resource postcondition failed",
    deployed: ["terraform_data.deployment"],
  },
} as const;

const folders = globSync("*/*/main.tf", { cwd: EXAMPLES }).map((file) => join(file, ".."));

test("every data source has all three", () => {
  const all = Object.keys(BROKEN).flatMap((source) =>
    Object.keys(CONDITIONS).map((condition) => join(source, condition)),
  );
  expect(folders.toSorted()).toEqual(all.toSorted());
});

/** The first data source with both engines; they are the engines' own conditions, so one of them stands for the others. */
const CASES = folders.toSorted().flatMap((folder) => {
  const engines = folder.startsWith("dws_audit_dump_records")
    ? (["terraform", "tofu"] as const)
    : (["terraform"] as const);
  return engines.map((engine) => ({ folder, engine }));
});

test.each(CASES)(`${EXAMPLES}/$folder with $engine`, async ({ folder, engine }) => {
  const { by, says } = found(BROKEN[join(folder, "..")]);
  const condition = CONDITIONS[basename(folder) as keyof typeof CONDITIONS];
  const env = { ...emulator.env, TF_VAR_cluster_id: clusterId, TF_VAR_instance_id: instanceId };
  const project = createProject({ engine, main: "", env });
  try {
    cpSync(join(EXAMPLES, folder, "main.tf"), join(project.folder, "main.tf"));
    await project.succeed("init", "-no-color");
    emulator.update((data) => void by(data));
    const closed = await project.run("apply", "-auto-approve", "-no-color");
    const printed = closed.stdout + closed.stderr;
    expect([closed.code, printed]).toEqual([condition.code, expect.stringContaining(condition.says)]);
    // Lines are broken, and framed.
    expect(printed.replaceAll(/[\s│]+/g, " ")).toContain(says);
    const resources = async () =>
      (await project.run("state", "list")).stdout.match(/^terraform_data\.\w+/gm) ?? [];
    expect(await resources()).toEqual([]);
    await emulator.reset();
    const open = await project.succeed("apply", "-auto-approve", "-no-color");
    expect(open.replaceAll(/[\s│]+/g, " ")).not.toContain(says);
    expect(await resources()).toEqual([...condition.deployed]);
  } finally {
    project.remove();
  }
});
