import { createServer } from "node:net";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { createProject, diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

const DUMPS = (cluster: string) => `
data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${cluster}"
}
`;

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;
  const projects: Project[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => projects.splice(0).forEach((each) => each.remove()));
  afterAll(() => emulator.close());

  async function prepare(main: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    project = createProject({ engine, env: { ...emulator.env, AUDITGATE_MAX_RETRIES: "0", ...env }, main });
    projects.push(project);
    await project.succeed("init");
  }

  /** The one error of a command that must fail, and what a person reads. */
  async function failure(...args: string[]) {
    const json = await project.run(...args, "-json");
    const errors = diagnosticsOf(json).filter(({ severity }) => severity === "error");
    expect(json.code).toBe(1);
    expect(errors).toHaveLength(1);
    const plain = await project.run(...args, "-no-color");
    expect(plain.code).toBe(1);
    const text = plain.stdout + plain.stderr;
    expect(text.match(/Error: /g)).toHaveLength(1);
    expect(text).not.toMatch(/^\s+at .*[/\\].*:\d+|panic|goroutine/m);
    return { ...errors[0], text };
  }

  test("a wrong secret key is said, with where it came from, and without it", async () => {
    await prepare(DUMPS(sample.clusters.healthy), { AUDITGATE_SECRET_KEY: "c4nary-wrong-secret" });
    const { summary, detail, text } = await failure("plan");
    expect(summary).toBe("Signing in failed");
    expect(detail).toMatch(/APIGW\.0301.*AUDITGATE_ACCESS_KEY.*ERR_UNAUTHENTICATED/s);
    expect(text).not.toContain("c4nary");
  });

  test("a wrong secret key in the configuration is said by the arguments' names, and without it", async () => {
    await prepare(
      `provider "auditgate" {\n  access_key = "${emulator.env["AUDITGATE_ACCESS_KEY"]}"\n  secret_key = "c4nary-wrong-secret"\n}\n${DUMPS(sample.clusters.healthy)}`,
    );
    const { detail, text } = await failure("plan");
    expect(detail).toMatch(/Signed in with .*argument access_key/s);
    expect(text).not.toContain("c4nary");
  });

  test("missing credentials are said in Terraform's words", async () => {
    await prepare(DUMPS(sample.clusters.healthy), { AUDITGATE_ACCESS_KEY: "", AUDITGATE_SECRET_KEY: "" });
    const { detail } = await failure("plan");
    expect(detail).toMatch(/access_key and secret_key \(AUDITGATE_ACCESS_KEY, AUDITGATE_SECRET_KEY\)/);
  });

  test("an unknown cluster is said at the cluster id, with the service's code and the request id", async () => {
    await prepare(DUMPS(sample.clusters.unknown));
    const { summary, detail, address, snippet } = await failure("plan");
    expect(summary).toBe("Not found");
    expect(detail).toMatch(/404.*DWS\.3027.*[0-9a-f]{32}.*ERR_NOT_FOUND/s);
    expect(address).toBe("data.auditgate_dws_audit_dump_records.dumps");
    expect(snippet?.code).toMatch(/cluster_id = /);
  });

  test("an unreachable endpoint is said, with its address", async () => {
    const closed = await closedPort();
    await prepare(DUMPS(sample.clusters.healthy), { AUDITGATE_DWS_ENDPOINT: `http://127.0.0.1:${closed}` });
    const { summary, detail } = await failure("plan");
    expect(summary).toBe("The service cannot be reached");
    expect(detail).toContain(`127.0.0.1:${closed}`);
  });

  test("a malformed cluster id is found by validate already, at its place", async () => {
    await prepare(DUMPS("not-a-guid"));
    const validated = JSON.parse((await project.run("validate", "-json")).stdout);
    expect(validated).toMatchObject({
      valid: false,
      error_count: 1,
      diagnostics: [{ summary: "Invalid value of cluster_id" }],
    });
    const { detail, snippet } = await failure("plan");
    expect(detail).toBe(
      'cluster_id must be a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15, not "not-a-guid".',
    );
    expect(snippet?.code).toMatch(/cluster_id = /);
  });

  test.each([
    [
      `endpoints = { dws = "http://example.com" }`,
      "Invalid value of endpoints",
      /endpoints\.dws must be/,
      /endpoints = /,
    ],
    [
      `max_retries = -1`,
      "Invalid value of max_retries",
      /a whole number from 0 to 100, not -1/,
      /max_retries = /,
    ],
    [
      `assume_role {\n    agency_name = ""\n  }`,
      "Invalid value of assume_role",
      /assume_role\.agency_name/,
      /agency_name = /,
    ],
  ])(
    "a provider argument like %s is found by validate already, at its place",
    async (argument, summary, detail, code) => {
      // Engines drop a provider that nothing uses.
      await prepare(`provider "auditgate" {\n  ${argument}\n}\n${DUMPS(sample.clusters.healthy)}`);
      const { diagnostics } = JSON.parse((await project.run("validate", "-json")).stdout);
      expect(diagnostics).toMatchObject([
        {
          severity: "error",
          summary,
          detail: expect.stringMatching(detail),
          snippet: { code: expect.stringMatching(code) },
        },
      ]);
    },
  );

  test.each([
    ['last = "7 days"', "last", /must be a whole number and a unit/],
    [
      'last = "7d"\n  start_time = "2026-01-01T00:00:00Z"\n  end_time = "2026-01-02T00:00:00Z"',
      "last",
      /cannot be set beside/,
    ],
    ['start_time = "2026-01-01T00:00:00Z"', "start_time", /goes with end_time/],
  ])("a window like %s is refused by validate already, at its place", async (window, attribute, detail) => {
    await prepare(
      `data "auditgate_dds_audit_logs" "logs" {\n  instance_id = "${sample.instances.healthy}"\n  ${window}\n}`,
    );
    const { diagnostics } = JSON.parse((await project.run("validate", "-json")).stdout);
    expect(diagnostics).toMatchObject([
      {
        summary: `Invalid value of ${attribute}`,
        detail: expect.stringMatching(detail),
        snippet: { code: expect.stringContaining(`${attribute} = `) },
      },
    ]);
  });

  test("a provider whose configuration is not known yet says what to apply first, which helps", async () => {
    await prepare(
      `resource "terraform_data" "region" {\n  input = "${emulator.env["AUDITGATE_REGION"]}"\n}
provider "auditgate" {\n  region = terraform_data.region.output\n}\n${DUMPS(sample.clusters.healthy)}`,
    );
    const { summary, detail } = await failure("plan");
    expect(summary).toBe("The provider's configuration is not known yet");
    expect(detail).toMatch(/only after apply: region\. .*-target/);
    await project.succeed("apply", "-auto-approve", "-target=terraform_data.region");
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  test("contradicting window arguments are said in Terraform's words", async () => {
    await prepare(`data "auditgate_dds_audit_logs" "logs" { instance_id = "${sample.instances.healthy}" }`);
    const { summary, detail } = await failure("plan");
    expect(summary).toBe("Invalid argument");
    expect(detail).toMatch(/start_time and end_time, or last/);
  });

  test("an incomplete reading warns and says so in its attributes", async () => {
    await prepare(`
data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id  = "${sample.clusters.busy}"
  max_records = 5
}
`);
    const plan = await project.run("plan", "-json");
    expect(plan.code).toBe(0);
    expect(diagnosticsOf(plan)).toMatchObject([
      {
        severity: "warning",
        summary: `The audit data is incomplete: ${sample.clusters.busy}`,
        snippet: { code: 'data "auditgate_dws_parameter_modification_records" "changes" {' },
      },
    ]);
    await project.succeed("apply", "-auto-approve");
    expect(await project.state()).toMatchObject({
      "data.auditgate_dws_parameter_modification_records.changes": {
        complete: false,
        incomplete_reason: expect.stringMatching(/^truncated/),
      },
    });
  });

  test("an argument that is known only after apply defers the reading to the apply", async () => {
    await prepare(`
resource "terraform_data" "cluster" {
  input = "${sample.clusters.healthy}"
}
data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = terraform_data.cluster.output
}
output "count" {
  value = data.auditgate_dws_audit_dump_records.dumps.summary.count
}
`);
    const before = emulator.requests.length;
    expect(await project.succeed("plan", "-no-color")).toContain("known after apply");
    expect(emulator.requests).toHaveLength(before);
    await project.succeed("apply", "-auto-approve");
    expect(JSON.parse(await project.succeed("output", "-json"))).toMatchObject({ count: { value: 336 } });
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  test("a provider that is configured only after apply is an error of the data source, until what it needs is there", async () => {
    await prepare(`
resource "terraform_data" "region" {
  input = "${sample.region}"
}
provider "auditgate" {
  region = terraform_data.region.output
}
${DUMPS(sample.clusters.healthy)}`);
    const { summary, detail, address } = await failure("plan");
    expect(summary).toBe("The provider's configuration is not known yet");
    expect(detail).toContain("after apply: region.");
    expect(address).toBe("data.auditgate_dws_audit_dump_records.dumps");
    await project.succeed("apply", "-auto-approve", "-target=terraform_data.region");
    await project.succeed("apply", "-auto-approve");
  });

  test("a failed postcondition on what was read fails the plan", async () => {
    await prepare(`
data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${sample.clusters.failedDump}"
  lifecycle {
    postcondition {
      condition     = self.complete && self.summary.failed == 0
      error_message = "\${self.summary.failed} dump failed: \${self.records[0].failed_reason}"
    }
  }
}
`);
    const { summary, detail } = await failure("plan");
    expect(summary).toBe("Resource postcondition failed");
    expect(detail).toMatch(/^1 dump failed: The OBS bucket/);
  });

  test("what a service says cannot speak to a terminal or to a CI system", async () => {
    await prepare(DUMPS(sample.clusters.healthy));
    const fault = emulator.inject({
      status: 403,
      code: "X.1",
      message: "\u001b[2J\n::error::gotcha ::set-output name=x::y",
    });
    const { text } = await failure("plan");
    expect(text).toContain("gotcha");
    expect(text).not.toContain("\u001b[2J");
    expect(text).not.toMatch(/^\s*::/m);
    await fault.remove();
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 1;
}
