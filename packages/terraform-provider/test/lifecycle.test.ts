import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  createClient,
  ddsAuditLogs,
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  read,
  snakeCase,
} from "@auditgate/core";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { type Attributes, providerSchema, type Schema } from "../src/schema.ts";
import { isBlock } from "../src/schema/attribute.ts";
import { createProject, diagnosticsOf, type Project, until } from "./project.ts";
import { awayFromWholeHour } from "./whole-hour.ts";

jest.setTimeout(120_000);

const MAIN = `
provider "auditgate" {}

data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${sample.clusters.failedDump}"
}
data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = "${sample.clusters.busy}"
}
data "auditgate_dds_audit_logs" "logs" {
  instance_id = "${sample.instances.healthy}"
  last        = "95d"
}
output "failed" {
  value = data.auditgate_dws_audit_dump_records.dumps.summary.failed
}
output "newest_log" {
  value = data.auditgate_dds_audit_logs.logs.records[0].name
}
`;

const REFRESH_ONLY = ["plan", "-refresh-only", "-detailed-exitcode", "-no-color"] as const;

const OWN_DATA_SOURCE = `
data "terraform_remote_state" "other" {
  backend = "local"
  config  = { path = "other.tfstate" }
}
`;

const OTHER_STATE = {
  version: 4,
  terraform_version: "1.6.0",
  serial: 1,
  lineage: "5c0b7d6e-0000-4000-8000-000000000001",
  outputs: {},
  resources: [],
};

/**
 * What an unchanged state with a data source of the engine's own is answered with: 0, but 2 by Terraform 1.15 and 1.16, which
 * compare data sources too.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.15.5/internal/states/state_equal.go `ManagedResourcesEqual`
 */
async function refreshedCode(engine: "terraform" | "tofu"): Promise<number | null> {
  const project = createProject({ engine, main: OWN_DATA_SOURCE });
  try {
    project.write("other.tfstate", JSON.stringify(OTHER_STATE));
    await project.succeed("init", "-no-color");
    await project.succeed("apply", "-auto-approve", "-no-color");
    return (await project.run(...REFRESH_ONLY)).code;
  } finally {
    project.remove();
  }
}

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = createProject({ engine, env: emulator.env, main: MAIN });
    // Read-only: what the provider was placed with is what the engine would have written.
    await project.succeed("init", "-no-color", "-lockfile=readonly");
  });
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  beforeEach(awayFromWholeHour);

  test("a configuration is valid without anything being read", async () => {
    const before = emulator.requests.length;
    expect(JSON.parse(await project.succeed("validate", "-json"))).toMatchObject({
      valid: true,
      diagnostics: [],
    });
    expect(emulator.requests).toHaveLength(before);
  });

  test("the engine sees the whole schema, descriptions and sensitive marks included", async () => {
    const shown: ShownSchemas = JSON.parse(await project.succeed("providers", "schema", "-json"));
    const [seen] = Object.values(shown.provider_schemas);
    const readers = Object.fromEntries(
      Object.entries(providerSchema.dataSources).map(([name, schema]) => [name, shownSchema(schema)]),
    );
    expect(seen).toMatchObject({
      provider: shownSchema(providerSchema.provider),
      data_source_schemas: readers,
      ephemeral_resource_schemas: readers,
    });
  });

  test("apply keeps every record that core reads, and the next plan is empty", async () => {
    await project.succeed("apply", "-auto-approve", "-no-color");
    const client = createClient({ env: emulator.env });
    const state = await project.state();
    const expected = {
      "data.auditgate_dws_audit_dump_records.dumps": await read(client, dwsAuditDumpRecords, {
        clusterId: sample.clusters.failedDump,
      }),
      "data.auditgate_dws_parameter_modification_records.changes": await read(
        client,
        dwsParameterModificationRecords,
        { clusterId: sample.clusters.busy },
      ),
      "data.auditgate_dds_audit_logs.logs": await read(client, ddsAuditLogs, {
        instanceId: sample.instances.healthy,
        last: "95d",
      }),
    };
    await client.close();
    for (const [address, { requestIds: _, ...reading }] of Object.entries(expected)) {
      expect(state[address]).toMatchObject({ incomplete_reason: null, ...(inSnakeCase(reading) as object) });
    }
    expect(expected["data.auditgate_dds_audit_logs.logs"].records).toHaveLength(3420);
    expect(await project.run("plan", "-no-color", "-detailed-exitcode")).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(await project.state()).toEqual(state);
  });

  test("outputs, console, refresh-only and destroy behave", async () => {
    const outputs = JSON.parse(await project.succeed("output", "-json"));
    expect(outputs).toMatchObject({
      failed: { value: 1, sensitive: false },
      newest_log: { value: expect.stringContaining("_audit_log_") },
    });
    const console_ = project.start("console", "-no-color");
    console_.stdin?.end("data.auditgate_dws_audit_dump_records.dumps.complete\n");
    let answer = "";
    console_.stdout?.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    expect(await new Promise((resolve) => console_.once("close", resolve))).toBe(0);
    expect(answer.trim()).toBe("true");
    expect(await project.run(...REFRESH_ONLY)).toMatchObject({
      stdout: expect.stringContaining("No changes."),
      code: await refreshedCode(engine),
    });
    await project.succeed("destroy", "-auto-approve", "-no-color");
    expect(await project.state()).toEqual({});
  });

  test("the next plan sees audit data that changed", async () => {
    await project.succeed("apply", "-auto-approve", "-no-color");
    emulator.update((data) => {
      const cluster = data.clusters.find(({ id }) => id === sample.clusters.failedDump);
      if (Array.isArray(cluster?.dumps))
        for (const dump of cluster.dumps.slice(0, 3)) dump.failed_reason = "no space";
    });
    const { code, stdout } = await project.run("plan", "-no-color", "-detailed-exitcode");
    expect(code).toBe(2);
    expect(stdout).toMatch(/~ failed\s+= 1 -> [34]/);
    await emulator.reset();
  });

  test("the example of the README says what it finds", async () => {
    const [, example = ""] =
      /```hcl\n([^]*?)```/.exec(readFileSync(join(__dirname, "../README.md"), "utf8")) ?? [];
    const reader = createProject({ engine, env: emulator.env, main: "" });
    try {
      reader.write("main.tf", example);
      await reader.succeed("init");
      const { code, stderr } = await reader.run("plan", "-no-color");
      expect(stderr).toContain("Failed dumps: 1.");
      expect(code).toBe(1);
    } finally {
      reader.remove();
    }
  });

  test("three data sources are read at the same time", async () => {
    const apis = ["dumps", "parameters", "logs"] as const;
    const faults = apis.map((on) => emulator.inject({ on, delayMs: 1000, times: 1 }));
    const started = emulator.requests.length;
    const plan = project.run("plan", "-no-color");
    await until(() => faults.every(({ hits }) => hits > 0));
    const first = apis.map((name) => emulator.requests.slice(started).find(({ api }) => api === name));
    // All have asked, and none has been answered.
    expect(first.map((request) => request?.status)).toEqual([0, 0, 0]);
    expect(await plan).toMatchObject({ code: 0 });
    await emulator.clearFaults();
  });

  test("many records in the state are worth a warning, which does not fail anything", async () => {
    const plan = await project.run("plan", "-json");
    expect(plan.code).toBe(0);
    const said = diagnosticsOf(plan).map(({ severity, summary }) => `${severity}: ${summary}`);
    expect(new Set(said)).toEqual(
      new Set([
        "warning: 2600 audit records are kept in the state",
        "warning: 3420 audit records are kept in the state",
      ]),
    );
  });
});

interface ShownSchemas {
  readonly provider_schemas: { readonly [address: string]: unknown };
}

/** A schema as `providers schema -json` shows it. */
function shownSchema({ description, attributes }: Schema) {
  return { version: 0, block: shownBlock(description, attributes) };
}

function shownBlock(description: string, attributes: Attributes): object {
  const blocks = Object.entries(attributes).flatMap(([name, attribute]) => {
    const { nested } = attribute;
    if (!nested || !isBlock(attribute)) return [];
    const block = shownBlock(attribute.description, nested.attributes);
    return [[name, { nesting_mode: nested.mode, block }] as const];
  });
  const values = Object.entries(attributes).filter(([, attribute]) => !isBlock(attribute));
  return {
    description,
    description_kind: "markdown",
    ...(values.length > 0 && { attributes: shownAttributes(Object.fromEntries(values)) }),
    ...(blocks.length > 0 && { block_types: Object.fromEntries(blocks) }),
  };
}

function shownAttributes(attributes: Attributes): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const { nested } = attribute;
      const hidden = ["limits", "nested", "env", "keys"];
      const shown = Object.entries(attribute).filter(([fact]) => !hidden.includes(fact));
      return [
        name,
        {
          ...Object.fromEntries(shown),
          description_kind: "markdown",
          ...(nested && {
            nested_type: { nesting_mode: nested.mode, attributes: shownAttributes(nested.attributes) },
          }),
        },
      ];
    }),
  );
}

function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [snakeCase(name), inSnakeCase(item)]),
  );
}
