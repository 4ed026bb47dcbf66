import type { DwsAuditDumpRecordsRecord } from "../../queries/dws-audit-dump-records.types.ts";
import { judgeDumps } from "../judge.ts";

type Row = DwsAuditDumpRecordsRecord;
type Rules = Parameters<typeof judgeDumps>[1];

const AT = Date.parse("2026-01-31T12:00:00Z");

/** A successful dump of `beginTime` to `endTime`, both of 31 January unless they say another day. */
function dump(beginTime: string, endTime: string, facts: Partial<Row> = {}): Row {
  const day = (time: string) => (time.includes("T") ? time : `2026-01-31T${time}:00`);
  return {
    clusterId: "a",
    executorTime: day(beginTime),
    beginTime: day(beginTime),
    endTime: day(endTime),
    bucketName: "audit",
    locationPrefix: "dws",
    result: "SUCCESS",
    failedReason: null,
    ...facts,
  };
}

function gaps(records: readonly Row[], rules: Rules) {
  return judgeDumps({ records, at: AT }, rules).map(({ kind, found }) => `${kind}: ${found}`);
}

const morning = [dump("08:00", "09:00"), dump("09:00", "10:00"), dump("11:00", "12:00")];

test("a gap between two dumps may be as long as it says", () => {
  expect(gaps(morning, { maxGap: "1h" })).toEqual([]);
  expect(gaps(morning, { maxGap: "59m" })).toEqual([
    "violated: 1 gap, the longest of 1h from 2026-01-31T10:00:00Z to 2026-01-31T11:00:00Z",
  ]);
});

test("a dump that failed, or still runs, covers nothing", () => {
  const failed = dump("10:00", "11:00", { failedReason: "full" });
  const running = dump("10:00", "11:00", { result: "RUNNING" });
  for (const row of [failed, running]) expect(gaps([...morning, row], { maxGap: "30m" })).toHaveLength(1);
  expect(gaps([...morning, dump("10:00", "11:00")], { maxGap: "30m" })).toEqual([]);
});

test("since the newest dump, the next is due only after its own interval", () => {
  expect(gaps([dump("08:00", "09:00"), dump("09:00", "10:00")], { maxGap: "1h" })).toEqual([]);
  expect(gaps([dump("08:00", "09:00"), dump("09:00", "10:00")], { maxGap: "59m" })).toHaveLength(1);
});

test("the trail's own beginning is no gap, but a first dump that failed is", () => {
  expect(gaps(morning, { maxGap: "1h", within: "7d" })).toEqual([]);
  const failed = dump("06:00", "07:00", { failedReason: "full" });
  expect(gaps([failed, ...morning], { maxGap: "1h", within: "7d" })).toHaveLength(1);
  const vague = { ...failed, beginTime: null };
  expect(gaps([vague, ...morning], { maxGap: "1h", within: "7d" })).toHaveLength(1);
});

test("a gap that began before the window counts from its beginning", () => {
  const old = dump("2026-01-30T00:00:00", "2026-01-30T01:00:00");
  expect(gaps([old, ...morning], { maxGap: "1h", within: "5h" })).toEqual([]);
  expect(gaps([old, ...morning], { maxGap: "1h", within: "6h" })).toEqual([
    "violated: 1 gap, the longest from the beginning of the window to 2026-01-31T08:00:00Z",
  ]);
});

test("a dump that ran before the window covers its beginning", () => {
  const rows = [dump("05:00", "09:00"), dump("09:00", "12:00")];
  expect(gaps(rows, { maxGap: "30m", within: "5h" })).toEqual([]);
});

test("dumps that ended long ago are a gap, however short the window", () => {
  const old = dump("2026-01-29T00:00:00", "2026-01-30T00:00:00");
  expect(gaps([old], { maxGap: "11h", within: "1h" })).toHaveLength(1);
});

test("no successful dump at all is a violation", () => {
  expect(gaps([], { maxGap: "30d" })).toEqual(["violated: no successful one among 0 dumps"]);
  expect(gaps([dump("08:00", "09:00", { result: "RUNNING" })], { maxGap: "30d" })).toHaveLength(1);
});

test.each([
  ["no beginning", { beginTime: null }],
  ["no end", { endTime: null }],
  ["an end before its beginning", { endTime: "2026-01-31T09:59:00" }],
  ["a beginning that has not come", { beginTime: "2026-01-31T13:00:00", endTime: "2026-01-31T14:00:00" }],
])("a dump with %s is unknown", (_, facts) => {
  const found = gaps([...morning, dump("10:00", "11:00", facts)], { maxGap: "1h" });
  expect(found).toEqual([expect.stringMatching(/^unknown: 1 dump/)]);
});

test("a dump that still runs may be recorded before its interval has passed, as in the vendor's example", () => {
  const running = dump("11:50", "12:10", { result: "RUNNING" });
  expect(gaps([dump("11:30", "11:59"), running], { maxGap: "1m" })).toEqual([]);
});

test("what has succeeded has an end that has come, as far as clocks may differ", () => {
  expect(gaps([dump("11:50", "12:05")], { maxGap: "1m" })).toEqual([]);
  for (const endTime of ["2026-01-31T12:05:01", "2026-02-02T12:00:00", "9999-12-31T23:59:59"]) {
    expect(gaps([dump("11:50", endTime)], { maxGap: "30d" })).toEqual([
      expect.stringMatching(/^unknown: 1 dump/),
    ]);
  }
});

test("a time before 2000 is the zero of some clock, and covers nothing", () => {
  for (const beginTime of ["1970-01-01T00:00:00", "0001-01-01T00:00:00", "1999-12-31T23:59:59"]) {
    expect(gaps([dump(beginTime, "12:00")], { maxGap: "30d" })).toEqual([
      expect.stringMatching(/^unknown: 1 dump/),
    ]);
  }
  expect(gaps([dump("2000-01-01T00:00:00", "12:00")], { maxGap: "1m" })).toEqual([]);
});

test("a long dump excuses no more than the gap that is allowed anyway", () => {
  const month = (end: string) => [dump("2025-12-01T00:00:00", end)];
  expect(gaps(month("2026-01-02T12:00:00"), { maxGap: "6h" })).toEqual([
    "violated: 1 gap, the longest since 2026-01-02T12:00:00Z",
  ]);
  expect(gaps(month("2026-01-31T00:00:00"), { maxGap: "6h" })).toEqual([]);
  expect(gaps(month("2026-01-30T23:59:59"), { maxGap: "6h" })).toHaveLength(1);
});

test("times that come twice cover only what they cover for certain", () => {
  const at = Date.parse("2026-10-25T03:00:00Z");
  const night = [
    dump("2026-10-25T00:00:00", "2026-10-25T02:00:00"),
    dump("2026-10-25T02:00:00", "2026-10-25T04:00:00"),
  ];
  const rules: Rules = { maxGap: "59m", timeZone: "Europe/Berlin" };
  expect(judgeDumps({ records: night, at }, rules)).toHaveLength(1);
  expect(judgeDumps({ records: night, at }, { ...rules, maxGap: "1h" })).toEqual([]);
});
