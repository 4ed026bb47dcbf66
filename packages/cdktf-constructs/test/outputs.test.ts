import { join } from "node:path";
import {
  type Client,
  createClient,
  ddsAuditLogs,
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  read,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { App, Fn, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import {
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsParameterModificationRecords,
} from "../src/index.ts";
import { type Bench, createBench, outputsOf, succeeded } from "./bench.ts";

const DAY = 24 * 3600 * 1000;

let emulator: Emulator;
let client: Client;
let bench: Bench;

beforeAll(async () => {
  emulator = await startEmulator();
  client = createClient({ env: emulator.env });
  bench = createBench(emulator.env);
});

afterAll(async () => {
  await client.close();
  await emulator.close();
  bench.remove();
});

// Of the large data set: thousands of records, and a window of more than three times 30 days.
const clusterId = sample.clusters.busy;
const window = () => ({
  startTime: new Date(emulator.now() - 96 * DAY).toISOString(),
  endTime: new Date(emulator.now()).toISOString(),
});

test.each(["terraform", "tofu"] as const)(
  "everything that was read is an output with %s, equal to what core reads, and a second plan is empty",
  async (engine) => {
    const logsArgs = { instanceId: sample.instances.healthy, ...window() };
    const app = new App({ outdir: join(bench.folder, engine) });
    const stack = new TerraformStack(app, "everything");
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new AuditgateProvider(stack, "auditgate");
    const sources = {
      dumps: new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId }),
      changes: new DataAuditgateDwsParameterModificationRecords(stack, "changes", { clusterId }),
      logs: new DataAuditgateDdsAuditLogs(stack, "logs", logsArgs),
    };
    for (const [name, source] of Object.entries(sources)) {
      const { id, summary, total, complete, digest } = source;
      // As one text: Terraform compares long lists of objects for ten seconds when it plans again.
      const records = Fn.jsonencode(source.records);
      new TerraformOutput(stack, `read_${name}`, {
        value: { id, records, summary, total, complete, digest },
      });
    }
    process.env["TERRAFORM_BINARY_NAME"] = engine;
    app.synth();

    const folder = join(bench.folder, engine, "stacks", "everything");
    const init = await bench.engine(engine, folder, "init");
    expect(init).toMatchObject({ code: 0, output: expect.stringContaining("Installed auditgate/auditgate") });
    expect(init.output).not.toContain("changes to the provider dependency selections");
    await succeeded(bench.engine(engine, folder, "apply", "-auto-approve"));

    const outputs = outputsOf(await bench.engine(engine, folder, "output", "-json"));
    const dumps = await read(client, dwsAuditDumpRecords, { clusterId });
    const changes = await read(client, dwsParameterModificationRecords, { clusterId });
    const logs = await read(client, ddsAuditLogs, logsArgs);
    expect(changes.records.length).toBeGreaterThan(2000);
    expect(logs.records.length).toBeGreaterThan(3000);
    expect(parsed(outputs["read_dumps"])).toEqual(facts(dumps));
    expect(parsed(outputs["read_changes"])).toEqual(facts(changes));
    expect(parsed(outputs["read_logs"])).toEqual(facts(logs));

    const again = await bench.engine(engine, folder, "plan", "-detailed-exitcode");
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining("No changes.") });
  },
  120_000,
);

/** A reading, as far as it is in the outputs, under Terraform's names. */
function facts({ id, records, summary, total, complete, digest }: Awaited<ReturnType<typeof read>>): unknown {
  return snakeCased({ id, records, summary, total, complete, digest });
}

/** An output, with its records as records. */
function parsed(output: unknown): unknown {
  const { records, ...others } = output as { readonly records: string };
  return { ...others, records: JSON.parse(records) as unknown };
}

function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCased(inner),
    ]),
  );
}
