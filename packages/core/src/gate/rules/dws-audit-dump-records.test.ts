import type { DwsAuditDumpRecordsRecord } from "../../queries/dws-audit-dump-records.types.ts";
import { judgeDumps } from "../judge.ts";

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

const hourly = Array.from({ length: 48 }, (_, hours) => dump(hours));

function judge(records: readonly Row[], rules: Rules) {
  return judgeDumps({ records, at: AT }, rules);
}

function kinds(records: readonly Row[], rules: Rules) {
  return judge(records, rules).map(({ rule, kind }) => `${rule} ${kind}`);
}

test("a trail in order breaks no rule", () => {
  const rules: Rules = {
    within: "1d",
    maxAge: "1h",
    maxFailures: 0,
    maxGap: "1m",
    maxRunning: "1m",
    bucketName: "audit",
    locationPrefix: "dws",
  };
  expect(judge(hourly, rules)).toEqual([]);
});

describe("maxAge", () => {
  test("counts from when the last successful dump ran, to the second", () => {
    expect(kinds([dump(3, { executorTime: "2026-01-31T10:00:00" })], { maxAge: "2h" })).toEqual([]);
    expect(kinds([dump(3, { executorTime: "2026-01-31T09:59:59" })], { maxAge: "2h" })).toEqual([
      "maxAge violated",
    ]);
  });

  test("is of no use to dumps that failed or still run", () => {
    const rows = [dump(0, { result: "RUNNING" }), dump(1, { failedReason: "full" }), dump(9)];
    expect(kinds(rows, { maxAge: "2h" })).toEqual(["maxAge violated"]);
  });

  test("is violated where there is no dump, or none in the window", () => {
    expect(kinds([], { maxAge: "2h" })).toEqual(["maxAge violated"]);
    expect(kinds([dump(30)], { within: "1d", maxAge: "7d" })).toEqual(["maxAge violated"]);
  });

  test("reads local times in the zone that is given", () => {
    const local = [dump(0, { executorTime: "2026-01-31T19:30:00" })];
    expect(kinds(local, { maxAge: "1h", timeZone: "Asia/Shanghai" })).toEqual([]);
    expect(kinds(local, { maxAge: "1h", timeZone: "+08:00" })).toEqual([]);
    expect(kinds(local, { maxAge: "29m", timeZone: "+08:00" })).toEqual(["maxAge violated"]);
  });

  test("is unknown for a time ahead of the service's, as in the wrong zone it would always be young", () => {
    const [finding] = judge([dump(0, { executorTime: "2026-01-31T19:30:00" })], { maxAge: "1h" });
    expect(finding).toMatchObject({ rule: "maxAge", kind: "unknown" });
    expect(finding?.found).toContain("ahead of the service's own, up to 2026-01-31T19:30:00Z");
    expect(kinds([dump(0, { executorTime: "2026-01-31T12:05:00" })], { maxAge: "1h" })).toEqual([]);
  });

  test("takes a time that comes twice for the earlier one", () => {
    const at = Date.parse("2026-10-25T02:00:00Z");
    const rows = [dump(0, { executorTime: "2026-10-25T02:30:00" })];
    const rules: Rules = { maxAge: "1h", timeZone: "Europe/Berlin" };
    expect(judgeDumps({ records: rows, at }, rules)).toHaveLength(1);
    expect(judgeDumps({ records: rows, at }, { ...rules, maxAge: "90m" })).toEqual([]);
  });
});

describe("maxFailures", () => {
  test("allows as many as it says, in the window", () => {
    const failed = (hoursAgo: number) => dump(hoursAgo, { failedReason: "full" });
    expect(kinds([failed(0), failed(1)], { maxFailures: 2 })).toEqual([]);
    expect(kinds([failed(0), failed(1)], { maxFailures: 1 })).toEqual(["maxFailures violated"]);
    expect(kinds([failed(0), failed(30)], { maxFailures: 1, within: "1d" })).toEqual([]);
  });

  test("shows the first five failures", () => {
    const rows = hourly.map((row) => ({ ...row, failedReason: "full" }));
    const [finding] = judge(rows, { maxFailures: 0 });
    expect(finding?.records).toHaveLength(5);
    expect(finding?.message).toBe("Expected at most 0 failed dumps, found 48 failed dumps.");
  });
});

describe("maxRunning", () => {
  test("counts from when the dump ran, whatever the window", () => {
    const running = dump(30, { result: "RUNNING", executorTime: "2026-01-30T12:00:00" });
    expect(kinds([running], { maxRunning: "24h" })).toEqual([]);
    expect(kinds([running], { maxRunning: "23h" })).toEqual(["maxRunning violated"]);
    expect(kinds([running], { maxRunning: "23h", within: "1h" })).toEqual(["maxRunning violated"]);
  });

  test("is unknown where it is not said since when", () => {
    expect(kinds([dump(0, { result: "RUNNING", executorTime: null })], { maxRunning: "24h" })).toEqual([
      "maxRunning unknown",
    ]);
  });
});

describe("bucketName and locationPrefix", () => {
  test("hold for every dump, in full", () => {
    const rows = [dump(0, { bucketName: "other" }), dump(1, { locationPrefix: "dws/" }), dump(2)];
    expect(kinds(rows, { bucketName: "audit", locationPrefix: "dws" })).toEqual([
      "bucketName violated",
      "locationPrefix violated",
    ]);
  });

  test("are unknown where a dump does not say them", () => {
    expect(kinds([dump(0, { bucketName: null })], { bucketName: "audit" })).toEqual(["bucketName unknown"]);
  });
});

describe("within", () => {
  test("includes a dump that ran at its very beginning", () => {
    const row = dump(0, { executorTime: "2026-01-30T12:00:00", failedReason: "full" });
    expect(kinds([row], { within: "1d", maxFailures: 0 })).toEqual(["maxFailures violated"]);
    const older = { ...row, executorTime: "2026-01-30T11:59:59" };
    expect(kinds([older], { within: "1d", maxFailures: 0 })).toEqual([]);
  });

  test.each([null, "", "yesterday", "2026-02-30T00:00:00"])(
    "cannot tell where %j belongs",
    (executorTime) => {
      expect(kinds([dump(0, { executorTime })], { within: "1d", maxFailures: 0 })).toEqual([
        "within unknown",
      ]);
      expect(kinds([dump(0, { executorTime })], { maxFailures: 0 })).toEqual([]);
    },
  );
});

describe("results", () => {
  const readers: Rules[] = [{ maxAge: "2h" }, { maxFailures: 3 }, { maxGap: "1h" }, { maxRunning: "1h" }];

  test.each([null, "", "success", "SUCCEEDED"])(
    "%j is unknown to every rule that reads results",
    (result) => {
      for (const each of readers) {
        expect(kinds([dump(0), dump(1, { result })], each)).toEqual([`${Object.keys(each)[0]} unknown`]);
      }
      expect(kinds([dump(1, { result })], { bucketName: "audit" })).toEqual([]);
    },
  );

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
});
