// Runs an inline program of the Automation API, one operation after the other, and prints what came of each. In a
// process of its own, as a failing program would be taken for a failure of the suite.
import { appendFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as automation from "@pulumi/pulumi/automation/index.js";
import { AuditGate, guardStack } from "@auditgate/pulumi-provider";

const { root, folder, clusterId, runs, pulumiHome, env, log } = JSON.parse(process.argv[2]);

const traced = {
  async create({ name }) {
    return { id: name };
  },
  async delete(id, inputs) {
    (await import("node:fs")).appendFileSync(inputs.log, `delete ${id}\n`);
  },
};
class Deployment extends pulumi.dynamic.Resource {
  constructor(name) {
    super(traced, name, { name, log });
  }
}

const program =
  ({ deployed, awaits }) =>
  async () => {
    const gate = new AuditGate("gate", {
      dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }],
    });
    const passage = guardStack(gate);
    if (awaits) await passage;
    for (const name of deployed) new Deployment(name);
    return { deployed };
  };

for (const run of runs) {
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: "test", program: program(run) },
    {
      workDir: folder,
      pulumiCommand: await automation.PulumiCommand.get({ root }),
      pulumiHome,
      envVars: env,
      projectSettings: { name: "test", runtime: "nodejs", backend: { url: env.PULUMI_BACKEND_URL } },
    },
  );
  const operations = [];
  const printed = [];
  let error;
  const onEvent = ({ resourcePreEvent: event }) => {
    if (event) operations.push(`${event.metadata.op} ${event.metadata.urn.split("::").at(-1)}`);
  };
  try {
    await stack[run.operation]({ onEvent, onOutput: (text) => printed.push(text), ...run.options });
  } catch (failure) {
    error = String(failure);
  }
  const { deployment } = await stack.exportStack();
  const urns = (deployment.resources ?? []).map(({ urn }) => urn.split("::").at(-1));
  appendFileSync(1, `${JSON.stringify({ operations, error, urns, text: printed.join("") })}\n`);
}
// A program of a closed gate waits for ever, as any does whose engine has stopped.
process.exit(0);
