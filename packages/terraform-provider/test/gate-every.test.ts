import { type Emulator, type EmulatorData, type Fault, sample, startEmulator } from "@auditgate/emulator";
import { deployed, gated, gateProject, onlyError } from "./gate-project.ts";
import type { Project } from "./project.ts";

jest.setTimeout(180_000);

const { clusters, fleet } = sample;

/** A cluster that the sample does not have. */
const NEW = "a0d17a7e-c001-4000-8000-0000000000aa";

const EVERY = gated(everyCluster());

function everyCluster(more = ""): string {
  return `dws_audit_dump_records {
    cluster_ids  = ["*"]
    max_age      = "24h"
    max_failures = 0
    ${more}
  }`;
}

/** Every instance of a project whose list has two pages, and the cluster that is watched beside them. */
const INSTANCES = gated(`project_id = "${fleet.project.id}"
  dds_audit_logs {
    instance_ids = ["*"]
    within       = "1d"
    min_logs     = 1
  }`);

/** Only what is in order stays in the project. */
function onlyHealthy(data: EmulatorData): void {
  data.clusters = data.clusters.filter(
    ({ id, projectId }) => projectId !== sample.project.id || id === clusters.healthy,
  );
}

/** A cluster appears in the project, which has no audit trail. */
function appear(data: EmulatorData): void {
  data.clusters.unshift({
    id: NEW,
    name: "nobody-told-the-policy",
    projectId: sample.project.id,
    info: { status: "ACTIVE" },
    dumps: [],
    parameterChanges: [],
  });
}

describe.each(["terraform", "tofu"] as const)("with %s, a policy for every cluster", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.update(onlyHealthy));
  afterEach(async () => {
    project.remove();
    await emulator.reset();
  });
  afterAll(() => emulator.close());

  const prepare = async (main: string) => {
    project = await gateProject(engine, emulator, main);
  };
  const apply = (release: string) =>
    project.run("apply", "-auto-approve", "-json", `-var=release=${release}`);

  test("is closed by a cluster that appears between two plans, until it is excepted by name", async () => {
    await prepare(EVERY);
    expect(await apply("one")).toMatchObject({ code: 0 });
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

    emulator.update(appear);
    const { summary, detail } = onlyError(await apply("two"));
    expect(summary).toBe("The gate is closed: 1 violation, of all 2 DWS clusters that this identity may see");
    expect(detail).toMatch(new RegExp(`^max_age: audit-log dumps of DWS cluster ${NEW}\n`));
    expect(deployed(project, "guarded")).toEqual(["one"]);

    project.rewrite(gated(everyCluster(`except = ["${NEW}"]`)));
    expect(await apply("two")).toMatchObject({ code: 0 });
    expect(deployed(project, "guarded")).toEqual(["one", "two"]);
  });

  test("stops a plan that was saved before the cluster appeared, as an ephemeral gate", async () => {
    await prepare(gated(everyCluster(), "ephemeral"));
    expect(await apply("one")).toMatchObject({ code: 0 });
    await project.succeed("plan", "-out=two.plan", "-var=release=two");
    emulator.update(appear);
    const { code, stderr } = await project.run("apply", "-no-color", "two.plan");
    expect([code, stderr]).toEqual([1, expect.stringContaining(NEW)]);
    expect(deployed(project, "guarded")).toEqual(["one"]);
  });

  test("gives out what it leaves aside for its state, and says how many there were", async () => {
    await prepare(
      gated(
        `enforcement = "advisory"\n${everyCluster()}`,
        "data",
        'output "skipped" {\n  value = data.auditgate_gate.gate.skipped\n}\noutput "passed" {\n  value = data.auditgate_gate.gate.passed\n}',
      ),
    );
    emulator.update((data) => {
      appear(data);
      Object.assign(data.clusters[0] ?? {}, { info: { status: "CREATING" } });
    });
    expect(await apply("one")).toMatchObject({ code: 0 });
    const outputs = JSON.parse(await project.succeed("output", "-json")) as object;
    expect(outputs).toMatchObject({
      passed: { value: true },
      skipped: { value: [{ query: "dws_clusters", subject: NEW, status: "CREATING" }] },
    });
  });

  test.each<[string, string, readonly Fault[], RegExp]>([
    ["fails", EVERY, [{ on: "clusters", status: 500 }], /^readable: .*ERR_SERVER/s],
    [
      "is forbidden",
      EVERY,
      [{ on: "clusters", status: 403, code: "APIGW.0302" }],
      /ERR_FORBIDDEN.*Grant the action dws:cluster:list\./s,
    ],
    ["cannot be reached", EVERY, [{ on: "clusters", connection: "reset" }], /^readable: .*ERR_CONNECTION/s],
    ["is a gateway's page", EVERY, [{ on: "clusters", body: "html" }], /^readable: .*ERR_RESPONSE/s],
    ["has no rows", EVERY, [{ on: "clusters", pages: "empty" }], /total-mismatch|no cluster/s],
    [
      "is empty",
      EVERY,
      [{ on: "clusters", pages: "empty", total: { value: 0 } }],
      /^subjects: .*DWS clusters/s,
    ],
    ["has a higher total", EVERY, [{ on: "clusters", total: { add: 1 } }], /^complete: .*total-mismatch/s],
    ["has no total", EVERY, [{ on: "clusters", total: "absent" }], /^complete: .*no-total/s],
    ["has no ids", EVERY, [{ on: "clusters", rows: "no-ids" }], /^(subjects|readable|complete): /],
    [
      "repeats a page",
      INSTANCES,
      [{ on: "instances", nth: 2, pages: "repeat" }],
      /^complete: .*DDS instances/s,
    ],
    [
      "loses its second page",
      INSTANCES,
      [{ on: "instances", nth: 2, status: 500 }],
      /^readable: .*ERR_SERVER/s,
    ],
  ])("stays closed where the list %s", async (_, main, faults, words) => {
    await prepare(main);
    for (const fault of faults) emulator.inject(fault);
    const { summary, detail } = onlyError(await apply("one"));
    expect(summary).toMatch(/^The gate is closed: /);
    expect(detail).toMatch(words);
    expect(deployed(project, "guarded")).toEqual([]);
  });
});
