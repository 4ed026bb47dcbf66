/** Audit figures of several clusters from a program of one's own, through Pulumi's Automation API. */
import { DwsAuditDumpRecords, DwsParameterModificationRecords } from "@auditgate/pulumi-provider";
import { LocalWorkspace, type OutputMap, type PulumiFn } from "@pulumi/pulumi/automation/index.js";

const HELP = `Usage: node main.ts [CLUSTER_ID...] [--remove]

Updates one stack for each DWS cluster (without ids: DWS_CLUSTER_ID) and prints their audit figures. The exit code is 2
if the dumps of any of them are not in order. --remove destroys the stacks instead.`;

/** The program of one cluster's stack. */
function audit(clusterId: string): PulumiFn {
  return async () => {
    const dumps = new DwsAuditDumpRecords("dumps", { clusterId });
    const changes = new DwsParameterModificationRecords("changes", { clusterId });
    return {
      dumps: dumps.summary.count,
      failed: dumps.summary.failed,
      running: dumps.summary.running,
      lastSuccess: dumps.summary.lastSuccess,
      changes: changes.summary.count,
      pending: changes.summary.pending,
    };
  };
}

async function main(args: readonly string[]): Promise<void> {
  const ids = args.filter((arg) => !arg.startsWith("-"));
  const clusterIds = ids.length > 0 ? ids : [process.env["DWS_CLUSTER_ID"] ?? ""].filter(Boolean);
  if (args.includes("--help") || clusterIds.length === 0) {
    console.log(HELP);
    process.exitCode = args.includes("--help") ? 0 : 1;
    return;
  }
  const table: { [clusterId: string]: object } = {};
  for (const clusterId of clusterIds) {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: clusterId, projectName: "pulumi-automation", program: audit(clusterId) },
      { workDir: import.meta.dirname },
    );
    if (args.includes("--remove")) {
      await stack.destroy({ remove: true });
      console.log(`removed ${clusterId}`);
      continue;
    }
    const { outputs } = await stack.up();
    const figures = valuesOf(outputs);
    table[clusterId] = figures;
    if (figures["failed"] !== 0) process.exitCode = 2;
  }
  if (Object.keys(table).length > 0) console.table(table);
}

function valuesOf(outputs: OutputMap): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
