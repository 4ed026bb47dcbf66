import {
  checkDdsAuditLogs,
  checkDwsAuditDumpRecords,
  checkDwsParameterModificationRecords,
} from "./check.ts";

const empty = { records: [], complete: true, servedAt: Date.parse("2026-01-31T12:00:00Z") };

test("a reading is judged without a client", () => {
  expect(checkDwsAuditDumpRecords(empty, { maxFailures: 0 })).toEqual([]);
  expect(checkDwsParameterModificationRecords(empty, { noPending: true })).toEqual([]);
  expect(checkDdsAuditLogs(empty, { within: "7d", minLogs: 1 })).toMatchObject([
    {
      rule: "minLogs",
      kind: "violated",
      message: "Expected at least 1 log in the last 7d, found 0 logs.",
      records: [],
    },
  ]);
});

test("a reading that is not proved complete is judged by no rule", () => {
  const partial = { ...empty, complete: false, incompleteReason: "total-mismatch: 2\n::error::" };
  const expected = {
    rule: "complete",
    kind: "incomplete",
    code: "ERR_INCOMPLETE",
    found: "a reading that cannot be proved complete (total-mismatch: 2\\n\\u003a:error::)",
  };
  expect(checkDwsAuditDumpRecords(partial, { maxFailures: 0 })).toMatchObject([expected]);
  expect(checkDwsParameterModificationRecords(partial, { maxChanges: 0 })).toMatchObject([expected]);
  expect(checkDdsAuditLogs(partial, { within: "7d", minLogs: 1 })).toMatchObject([expected]);
});

test.each([undefined, NaN])(
  "without the service's time (%p), only rules that need none are judged",
  (servedAt) => {
    const undated = { ...empty, servedAt };
    expect(checkDwsAuditDumpRecords(undated, { maxFailures: 0, bucketName: "audit" })).toEqual([]);
    expect(checkDwsParameterModificationRecords(undated, { noPending: true, maxChanges: 0 })).toEqual([]);
    const unknown = [{ rule: "readable", kind: "unknown" }];
    for (const rules of [
      { maxAge: "1d" },
      { maxGap: "1d" },
      { maxRunning: "1d" },
      { within: "1d", maxFailures: 0 },
    ]) {
      expect(checkDwsAuditDumpRecords(undated, rules)).toMatchObject(unknown);
    }
    const freezeWindows = [{ start: "2026-01-01T00:00:00Z", end: "2026-01-02T00:00:00Z" }];
    for (const rules of [{ freezeWindows }, { within: "1d", maxChanges: 0 }]) {
      expect(checkDwsParameterModificationRecords(undated, rules)).toMatchObject(unknown);
    }
    expect(checkDdsAuditLogs(undated, { within: "1d", maxTotalBytes: 1 })).toMatchObject(unknown);
  },
);

test("rules that are malformed are an error, not a pass", () => {
  expect(() => checkDwsAuditDumpRecords(empty, { maxAge: "soon" })).toThrow("maxAge cannot be");
  expect(() => checkDdsAuditLogs(empty, { within: "7d" })).toThrow("has no rule");
});
