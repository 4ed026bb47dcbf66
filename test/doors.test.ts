import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

import { type Bench, createBench, type Env } from "./doors/bench.ts";
import { cdktfDoor, cdktnDoor } from "./doors/cdktf.ts";
import { coreDoor } from "./doors/core.ts";
import { type Project, question, type Readings } from "./doors/door.ts";
import { pulumiDoor } from "./doors/pulumi.ts";
import { pythonDoor, yamlDoor } from "./doors/pulumi-languages.ts";
import { hclDoor } from "./doors/terraform.ts";

jest.setTimeout(300_000);

const DAY_MS = 24 * 3600 * 1000;
const { busy, unknown } = sample.clusters;
const { healthy } = sample.instances;
const programs = [
  hclDoor("terraform"),
  hclDoor("tofu"),
  cdktfDoor,
  cdktnDoor,
  pulumiDoor,
  yamlDoor,
  pythonDoor,
];

let emulator: Emulator;
/** What every program sees: where to ask, and what. */
let env: Env;
/** What core reads. */
let expected: Readings;

beforeAll(async () => {
  emulator = await startEmulator();
  const now = emulator.now();
  const asked = question({
    clusterId: busy,
    instanceId: healthy,
    // All there is, in more than three times the 30 days that the service answers at once.
    startTime: new Date(now - 96 * DAY_MS).toISOString(),
    endTime: new Date(now).toISOString(),
  });
  env = { ...emulator.env, ...asked };
  const bench = createBench(env);
  expected = await (await coreDoor.open(bench)).outputs();
  bench.remove();
});

afterAll(() => emulator.close());

test("core reads every record of the large data set", () => {
  const cluster = emulator.data.clusters.find(({ id }) => id === busy);
  const instance = emulator.data.instances.find(({ id }) => id === healthy);
  const { dumps, changes, logs } = expected;
  expect(dumps?.records).toEqual(rowsOf(cluster?.dumps).map((dump) => ({ failed_reason: null, ...dump })));
  expect(idsOf(changes?.records)).toEqual(idsOf(cluster?.parameterChanges));
  expect(idsOf(logs?.records)).toEqual(idsOf(instance?.auditLogs));
  expect([changes?.records.length, logs?.records.length]).toEqual([2600, 3420]);
});

describe.each([coreDoor, ...programs])("through $name", (door) => {
  let bench: Bench;
  let project: Project;

  const arrived = () => door.arrives?.(expected) ?? expected;

  beforeAll(async () => {
    bench = createBench(env);
    project = await door.open(bench);
    await project.apply();
  });
  afterAll(() => bench.remove());

  test("every record comes out that core reads, under the same ids", async () => {
    expect(await project.outputs()).toEqual(arrived());
  });

  test("the next plan is empty and reads the same", async () => {
    expect(await project.plan()).toMatchObject({ code: 0, empty: true });
    await project.apply();
    expect(await project.outputs()).toEqual(arrived());
  });

  test.each([
    [
      "a wrong secret key",
      { AUDITGATE_SECRET_KEY: "canary-of-a-wrong-key" },
      /APIGW\.0301 .*AUDITGATE_ACCESS_KEY/,
    ],
    ["an unknown cluster", { TF_VAR_cluster_id: unknown }, /404: DWS\.3027 The cluster does not exist/],
    [
      "an endpoint where nobody listens",
      { AUDITGATE_DWS_ENDPOINT: "http://127.0.0.1:1" },
      /Cannot reach http:\/\/127\.0\.0\.1:1/,
    ],
    ["a malformed id", { TF_VAR_cluster_id: "c1" }, /(clusterId|cluster_id) .*"c1"/],
  ])("%s fails the plan with a clear message, without stack or secret", async (_, change, message) => {
    const { code, output } = await project.plan({ AUDITGATE_MAX_RETRIES: "0", ...change });
    expect(code).toBeGreaterThan(0);
    // Terraform breaks lines at 78 characters.
    expect(output.replaceAll(/\s+/g, " ")).toMatch(message);
    const stacks = door.showsStacks ? [] : [/^\s+at .*:\d+/m, /unhandled/];
    for (const unwanted of [/panic|goroutine|node_modules|\[object/, ...stacks])
      expect(output).not.toMatch(unwanted);
    expect(output).not.toMatch(/canary|emulator-secret-key/);
  });

  test("credentials of the environment are in no file, plan, state or log", async () => {
    const secrets = [sample.auditor.accessKey, sample.auditor.secretKey];
    const traces = await project.traces();
    for (const secret of secrets) expect(around(traces, secret)).toEqual([]);
    expect(filesWith(bench, secrets)).toEqual([]);
  });
});

describe.each(programs)("credentials written into a program, through $name,", (door) => {
  let bench: Bench;

  beforeAll(() => {
    const { AUDITGATE_ACCESS_KEY: _access, AUDITGATE_SECRET_KEY: _secret, ...others } = env;
    // Little to read: this is about what is written.
    const { failedDump } = sample.clusters;
    bench = createBench({
      ...others,
      TF_VAR_cluster_id: failedDump,
      TF_VAR_instance_id: sample.instances.empty,
    });
  });
  afterAll(() => bench.remove());

  test("are in no state, planned value, log or error", async () => {
    const { accessKey, secretKey } = sample.auditor;
    const project = await door.open(bench, { access_key: accessKey, secret_key: secretKey });
    await project.apply();
    const traces = [await project.traces()];
    const fault = emulator.inject({ status: 403, code: "APIGW.0302", message: "refused" });
    const failed = await project.plan();
    await fault.remove();
    expect(failed.code).toBeGreaterThan(0);
    traces.push(failed.output);
    for (const secret of [accessKey, secretKey]) expect(around(traces.join("\n"), secret)).toEqual([]);
    // The program, what it was synthesized to, and the configuration that a plan file carries.
    const texts =
      /[/](?:literals\.json|Pulumi\.yaml|provider\.tf|cdk\.tf\.json|saved\.plan[/]tfconfig[/].*)$/;
    expect(filesWith(bench, [accessKey, secretKey]).filter((path) => !texts.test(path))).toEqual([]);
  });
});

function idsOf(records: unknown): string[] {
  return rowsOf(records)
    .map(({ id }) => id ?? "")
    .toSorted();
}

function rowsOf(records: unknown): readonly { readonly id?: string }[] {
  return records as readonly { readonly id?: string }[];
}

/** Where a text appears, with what stands around it. */
function around(text: string, part: string): string[] {
  const pieces = text.split(part);
  return pieces
    .slice(1, 4)
    .map((after, index) => `${pieces[index]?.slice(-200)}<here>${after.slice(0, 100)}`);
}

function filesWith(bench: Bench, secrets: readonly string[]): string[] {
  const files = [...bench.files()].filter(([, content]) =>
    secrets.some((secret) => content.includes(secret)),
  );
  return files.map(([path]) => path);
}
