import { TerraformVariable, Testing } from "cdktf";
import type { Construct } from "constructs";
import {
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsParameterModificationRecords,
} from "./index.ts";

const clusterId = "a0d17a7e-c001-4000-8000-000000000001";

const synth = (build: (scope: Construct) => void) => JSON.parse(Testing.synthScope(build)) as Configuration;

interface Configuration {
  readonly data: {
    readonly [type: string]: { readonly [name: string]: { readonly [argument: string]: unknown } };
  };
}

test("what is said of figures can be expected of a reading without records", () => {
  const { data } = synth((scope) => {
    const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", { clusterId, summaryOnly: true });
    dumps.expectComplete();
    dumps.expectRecords(3);
    dumps.expectNoRunningDumps();
    dumps.expectSuccessfulDump();
    dumps.expectResults(["SUCCESS"]);
    const changes = new DataAuditgateDwsParameterModificationRecords(scope, "changes", { clusterId });
    changes.summaryOnly = true;
    changes.expectNoPendingChanges();
    changes.expectStatuses(["In-Sync"]);
    changes.expectChangesAtMost(3);
    const logs = new DataAuditgateDdsAuditLogs(scope, "logs", {
      instanceId: "i",
      last: "1d",
      summaryOnly: true,
    });
    logs.expectLogsFromNodes(["n"]);
    logs.expectBytesAtMost(1e9);
  });
  for (const named of Object.values(data)) {
    for (const block of Object.values(named)) {
      expect(block).toMatchObject({ summary_only: true });
      expect(JSON.stringify(block["lifecycle"])).not.toContain("self.records");
    }
  }
});

test.each<[string, (scope: Construct) => void]>([
  [
    "expectNoFailedDumps",
    (scope) =>
      new DataAuditgateDwsAuditDumpRecords(scope, "it", {
        clusterId,
        summaryOnly: true,
      }).expectNoFailedDumps(),
  ],
  [
    "expectBucket",
    (scope) => {
      const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "it", { clusterId });
      dumps.expectBucket("audit-archive");
      dumps.summaryOnly = true;
    },
  ],
  [
    "expectNoFailedChanges",
    (scope) =>
      new DataAuditgateDwsParameterModificationRecords(scope, "it", {
        clusterId,
        summaryOnly: true,
      }).expectNoFailedChanges(),
  ],
])("%s, which reads records, is refused at synthesis where they are left out", (expectation, build) => {
  expect(() => synth(build)).toThrow(
    new RegExp(`/it: ${expectation} cannot be told without records, which summaryOnly leaves out`),
  );
});

test("whether records are left out may be known to the engine alone", () => {
  const { data } = synth((scope) => {
    const isShort = new TerraformVariable(scope, "short", { type: "bool" }).booleanValue;
    const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", { clusterId, summaryOnly: isShort });
    dumps.expectNoFailedDumps();
  });
  expect(data["auditgate_dws_audit_dump_records"]?.["dumps"]).toMatchObject({ summary_only: "${var.short}" });
});
