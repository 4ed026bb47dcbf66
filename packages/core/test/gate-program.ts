/** Prints the verdicts of several policies: for runs under other clocks, zones and languages. */
import { createClient, evaluateGate, formatViolations, type GatePolicy } from "@auditgate/core";

const [, , clusterId = "", instanceId = "", noon = ""] = process.argv;
const dumps = { clusterIds: [clusterId], timeZone: "Asia/Kathmandu" };
const changes = { clusterIds: [clusterId] };
const logs = { instanceIds: [instanceId] };

/** In pairs: the first of each is in order, the second is not. */
const policies: readonly GatePolicy[] = [
  { dwsAuditDumpRecords: [{ ...dumps, maxAge: "100m" }] },
  { dwsAuditDumpRecords: [{ ...dumps, maxAge: "88m" }] },
  { dwsAuditDumpRecords: [{ ...dumps, within: "7d", maxGap: "45m" }] },
  { dwsAuditDumpRecords: [{ ...dumps, within: "14d", maxGap: "45m", timeZone: "+00:00" }] },
  { ddsAuditLogs: [{ ...logs, within: "45m", minLogs: 3, maxAge: "45m" }] },
  { ddsAuditLogs: [{ ...logs, within: "29m", minLogs: 1, maxAge: "29m" }] },
  { ddsAuditLogs: [{ ...logs, within: "30d", maxGap: "1h" }] },
  { ddsAuditLogs: [{ ...logs, within: "30d", maxTotalBytes: 1 }] },
  { dwsParameterModificationRecords: [{ ...changes, freezeWindows: [freeze("Europe/Berlin")] }] },
  { dwsParameterModificationRecords: [{ ...changes, freezeWindows: [freeze("Asia/Shanghai")] }] },
  { dwsParameterModificationRecords: [{ ...changes, within: "45m", maxChanges: 1 }] },
  { dwsParameterModificationRecords: [{ ...changes, within: "45m", maxChanges: 0 }] },
];

/** Ten minutes around noon in the zone. */
function freeze(timeZone: string) {
  return { start: `${noon}T11:55:00`, end: `${noon}T12:05:00`, timeZone };
}

const client = createClient();
const verdicts = [];
for (const policy of policies) verdicts.push(await evaluateGate(client, policy));
await client.close();
console.log(
  JSON.stringify({
    clock: new Date().toISOString(),
    passed: verdicts.map(({ passed }) => passed),
    digests: verdicts.map(({ evidenceDigest }) => evidenceDigest),
    rules: verdicts.map(({ violations }) => violations.map(({ rule, kind }) => `${rule} ${kind}`)),
    // Without the seconds that pass.
    text: verdicts.map((verdict) => formatViolations(verdict).replace(/ \d+s\b|:\d\dZ/g, "")),
  }),
);
