// An inline program of the Automation API without `workDir`: previews, ups and refreshes, and prints what came of it.
import * as pulumi from "@pulumi/pulumi";
import * as automation from "@pulumi/pulumi/automation/index.js";
import {
  AuditGate,
  DwsAuditDumpRecords,
  getDwsAuditDumpRecords,
  guardStack,
} from "@auditgate/pulumi-provider";

const { root, pulumiHome, env, clusterId, resources, state } = JSON.parse(process.argv[2]);

const program = async () => {
  const rules = { clusterIds: [clusterId], maxFailures: 0 };
  await guardStack(new AuditGate("gate", { dwsAuditDumpRecords: [rules] }));
  const asked = { clusterId, maxRecords: 1 };
  const { total } = resources ? new DwsAuditDumpRecords("dumps", asked) : await getDwsAuditDumpRecords(asked);
  new pulumi.Stash("service", { input: "1.0.0" });
  return { total };
};

const stack = await automation.LocalWorkspace.createOrSelectStack(
  { stackName: "nowhere", projectName: "test", program },
  {
    pulumiCommand: await automation.PulumiCommand.get({ root }),
    pulumiHome,
    envVars: env,
    projectSettings: { name: "test", runtime: "nodejs", backend: { url: env.PULUMI_BACKEND_URL } },
  },
);
if (state) await stack.importStack(state);
const { changeSummary: previewed } = await stack.preview();
const { outputs, summary } = await stack.up();
await stack.refresh({ expectNoChanges: true });
await stack.up({ expectNoChanges: true });
const exported = await stack.exportStack();
const done = { total: outputs.total.value, previewed, upped: summary.resourceChanges, state: exported };
// In whole, before the process ends: a pipe takes it in pieces.
process.stdout.write(JSON.stringify(done), () => process.exit(0));
