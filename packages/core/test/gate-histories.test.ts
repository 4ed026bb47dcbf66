import {
  checkDdsAuditLogs,
  checkDwsAuditDumpRecords,
  checkDwsParameterModificationRecords,
} from "@auditgate/core";
import fc from "fast-check";
import { changeCases, dumpCases, logCases } from "./gate-reference/cases.ts";
import { AT, limit, reading, written } from "./gate-reference/history.ts";
import { changesPass } from "./gate-reference/changes.ts";
import { dumpsPass } from "./gate-reference/dumps.ts";
import { logsPass } from "./gate-reference/logs.ts";

jest.setTimeout(600_000);

interface Counts {
  passed: number;
  violated: number;
}

function count(counts: Counts, passed: boolean): boolean {
  counts[passed ? "passed" : "violated"]++;
  return passed;
}

/** A property that is always violated, or never, would prove nothing. */
function rarer({ passed, violated }: Counts): number {
  return Math.min(passed, violated) / (passed + violated);
}

test("dumps are judged as the reference judges them", () => {
  const counts = { passed: 0, violated: 0 };
  fc.assert(
    fc.property(dumpCases(), ({ given, records }) => {
      const findings = checkDwsAuditDumpRecords(reading(records), given);
      expect(count(counts, findings.length === 0)).toBe(dumpsPass(records, given, AT));
    }),
  );
  expect(rarer(counts)).toBeGreaterThan(0.05);
});

test("parameter modifications are judged as the reference judges them", () => {
  const counts = { passed: 0, violated: 0 };
  fc.assert(
    fc.property(changeCases(), ({ given, records }) => {
      const findings = checkDwsParameterModificationRecords(reading(records), given);
      expect(count(counts, findings.length === 0)).toBe(changesPass(records, given, AT));
    }),
  );
  expect(rarer(counts)).toBeGreaterThan(0.05);
});

test("audit logs are judged as the reference judges them", () => {
  const counts = { passed: 0, violated: 0 };
  fc.assert(
    fc.property(logCases(), ({ given, records: rows }) => {
      const findings = checkDdsAuditLogs(reading(rows), given);
      expect(count(counts, findings.length === 0)).toBe(logsPass(rows, given, AT));
    }),
  );
  expect(rarer(counts)).toBeGreaterThan(0.05);
});

test("nothing that is not proved complete, or says no time, ever passes", () => {
  const row = fc.record({
    clusterId: fc.constant("a"),
    executorTime: fc.constant(written(-1)),
    beginTime: fc.constant(written(-60)),
    endTime: fc.constant(written(0)),
    bucketName: fc.constant("audit"),
    locationPrefix: fc.constant("dws"),
    result: fc.constant("SUCCESS"),
    failedReason: fc.constant(null),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3 }), fc.boolean(), limit, (records, complete, maxAge) => {
      const dated = { ...reading(records), complete, servedAt: complete ? undefined : AT * 60_000 };
      expect(checkDwsAuditDumpRecords(dated, { maxAge })).toHaveLength(1);
    }),
  );
});
