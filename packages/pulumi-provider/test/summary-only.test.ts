import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Emulator, sample } from "@auditgate/emulator";
import { busyClusterId as clusterId, startBusyEmulator } from "./busy-emulator.ts";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const COUNT = 20_000;

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startBusyEmulator(COUNT);
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

// Functions run in the program, which here is this process: their settings are the stack's.
const config = {
  "auditgate:region": { value: sample.region },
  "auditgate:projectId": { value: sample.project.id },
  "auditgate:token": { value: sample.auditor.token, secret: true },
};

test("20,000 records are read, and their figures are a small state that does not change", async () => {
  const stack = await inlineStack(at, {
    name: "figures",
    config: { ...config, "auditgate:endpoints": { value: JSON.stringify({ dws: emulator.url }) } },
    program: async () => {
      const args = { clusterId, summaryOnly: true };
      const { records, summary, complete, digest } = new auditgate.DwsParameterModificationRecords(
        "it",
        args,
      );
      const asked = await auditgate.getDwsParameterModificationRecords(args);
      return {
        records,
        count: summary.count,
        complete,
        condition: records.apply((all) => {
          try {
            return all.every(({ status }) => status === "In-Sync");
          } catch {
            return "fails";
          }
        }),
        same: digest.apply((own) => own === asked.digest && asked.records === null),
      };
    },
  });
  const { outputs } = await stack.up();
  expect(outputs).toMatchObject({
    records: { value: null },
    condition: { value: "fails" },
    count: { value: COUNT },
    complete: { value: true },
    same: { value: true },
  });
  await stack.preview({ expectNoChanges: true });
  const { deployment } = await stack.exportStack();
  const [changes] = (deployment as { readonly resources: readonly object[] }).resources.filter((resource) =>
    JSON.stringify(resource).includes(clusterId),
  );
  expect(JSON.stringify(changes)).toContain('"records":null');
  expect(JSON.stringify(deployment).length).toBeLessThan(10_000);
});

// In a process of its own, as a failing program would be taken for a failure of the suite.
test("a check of a gate refuses a reading without records", async () => {
  const program = `
    import * as pulumi from "@pulumi/pulumi";
    import { AuditGate, DwsAuditDumpRecords, gateCheck, guardStack } from "@auditgate/pulumi-provider";
    await pulumi.runtime.setMocks({
      newResource: ({ id, name, inputs }) => ({
        id: id ?? name,
        state: { ...inputs, records: null, summary: { failed: 0 }, complete: true },
      }),
      call: () => ({}),
    });
    const dumps = new DwsAuditDumpRecords("dumps", { clusterId: "${clusterId}", summaryOnly: true });
    await guardStack(new AuditGate("gate", { checks: [gateCheck("calm", dumps, () => true)] }));
    console.log("let through");`;
  const args = ["--conditions=@auditgate/source", "--input-type=module", "-e", program];
  await expect(promisify(execFile)(process.execPath, args, { cwd: __dirname })).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining(
      'The check "calm" has no records to judge: read them without summaryOnly.',
    ),
  });
});
