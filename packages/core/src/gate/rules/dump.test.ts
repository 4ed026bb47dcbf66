import type { DwsAuditDumpRecordsRecord } from "../../queries/dws-audit-dump-records.types.ts";
import { judgeDumps } from "./dws-audit-dump-records.ts";

type Row = DwsAuditDumpRecordsRecord;
type Rules = Parameters<typeof judgeDumps>[1];

const AT = Date.parse("2026-01-31T12:00:00Z");

/** A dump of the hour that ended so many hours ago, made a minute and a half after its beginning. */
function dump(hoursAgo: number, facts: Partial<Row> = {}): Row {
  const time = (hours: number, seconds = 0) =>
    new Date(AT - hours * 3_600_000 + seconds * 1000).toISOString().slice(0, 19);
  return {
    clusterId: "a",
    executorTime: time(hoursAgo + 1, 90),
    beginTime: time(hoursAgo + 1),
    endTime: time(hoursAgo),
    bucketName: "audit",
    locationPrefix: "dws",
    result: "SUCCESS",
    failedReason: null,
    ...facts,
  };
}

function kinds(records: readonly Row[], rules: Rules) {
  return judgeDumps({ records, at: AT }, rules).map(({ rule, kind }) => `${rule} ${kind}`);
}

const rules: Rules[] = [{ maxAge: "2h" }, { maxFailures: 3 }, { maxGap: "1h" }, { maxRunning: "1h" }];

test.each([null, "", "success", "SUCCEEDED"])("%j is unknown to every rule that reads results", (result) => {
  for (const each of rules) {
    expect(kinds([dump(0), dump(1, { result })], each)).toEqual([`${Object.keys(each)[0]} unknown`]);
  }
  expect(kinds([dump(1, { result })], { bucketName: "audit" })).toEqual([]);
});

test("the user's words for success and failure count", () => {
  const rows = [dump(0, { result: "DONE" }), dump(1, { result: "BROKEN" })];
  const words: Rules = { successResults: ["DONE"], failedResults: ["BROKEN"] };
  expect(kinds(rows, { ...words, maxAge: "2h", maxFailures: 1 })).toEqual([]);
  expect(kinds(rows, { ...words, maxFailures: 0 })).toEqual(["maxFailures violated"]);
  expect(kinds([dump(0)], { ...words, maxFailures: 0 })).toEqual(["maxFailures unknown"]);
});

test("a failure reason makes every result a failure, an empty one none", () => {
  for (const result of ["SUCCESS", "RUNNING", null]) {
    expect(kinds([dump(0, { result, failedReason: "full" })], { maxFailures: 0 })).toEqual([
      "maxFailures violated",
    ]);
  }
  expect(kinds([dump(0, { failedReason: "" })], { maxFailures: 0 })).toEqual([]);
});

test("what is violated for certain is said beside what is unknown", () => {
  const rows = [dump(0, { failedReason: "full" }), dump(1, { result: "?" })];
  expect(kinds(rows, { maxFailures: 0 })).toEqual(["maxFailures violated", "maxFailures unknown"]);
});
