// What `auditgate check` does, as somebody who has core writes it.
const { createClient, evaluateGate, formatViolations, gateHeadline } = require("@auditgate/core");

async function main() {
  const client = createClient();
  const clusterIds = [process.env.CLUSTER];
  const verdict = await evaluateGate(client, {
    dwsAuditDumpRecords: [{ clusterIds, within: "1d", maxAge: "3h", maxFailures: 0 }],
  });
  await client.close();
  console.log(`${formatViolations(verdict)}\n${gateHeadline(verdict)}`);
  process.exitCode = verdict.blocking ? 1 : 0;
}

void main();
