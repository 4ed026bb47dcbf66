import {
  checkDdsAuditLogs,
  checkDwsAuditDumpRecords,
  checkDwsParameterModificationRecords,
} from "@auditgate/core";
import fc from "fast-check";
import {
  AT,
  chain,
  length,
  limit,
  maybe,
  minute,
  rarely,
  reading,
  rulesOf,
  written,
} from "./gate-reference/history.ts";
import { changesPass } from "./gate-reference/changes.ts";
import { dumpsPass } from "./gate-reference/dumps.ts";
import { logsPass } from "./gate-reference/logs.ts";

jest.setTimeout(600_000);

/** The zeros and ends of clocks, and what has not come. */
const ODD_TIMES = [
  "1970-01-01T00:00:00",
  "1970-01-01T00:00:00Z",
  "9999-12-31T23:59:00Z",
  `${written(2880)}Z`,
];

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
  const rules = rulesOf(
    fc.record({
      within: maybe(fc.constantFrom("1h", "5h", "1d", "2d")),
      maxAge: maybe(limit),
      maxFailures: maybe(fc.integer({ min: 0, max: 3 })),
      maxGap: maybe(limit),
      maxRunning: maybe(limit),
      bucketName: maybe(fc.constant("audit")),
      locationPrefix: maybe(fc.constant("dws")),
      timeZone: maybe(fc.constantFrom("+00:00", "+08:00", "-03:30")),
      successResults: maybe(fc.constantFrom(["SUCCESS"], ["DONE", "SUCCESS"])),
      failedResults: maybe(fc.constantFrom(["FAILED"], [])),
    }),
    "within",
    "timeZone",
    "successResults",
    "failedResults",
  );
  const cases = rules.chain((given) => {
    const zone = given.timeZone === "+08:00" ? 480 : given.timeZone === "-03:30" ? -210 : 0;
    const rows = chain((begin, end) =>
      fc.record({
        clusterId: fc.constant("a"),
        executorTime: rarely<string | null>(
          written(begin + 1, zone),
          null,
          "soon",
          `${written(begin)}Z`,
          written(-20_000, zone),
          ...ODD_TIMES,
        ),
        beginTime: rarely<string | null>(
          written(begin, zone),
          null,
          `${written(begin, -60)}-0100`,
          written(-40_000, zone),
          ...ODD_TIMES,
        ),
        endTime: rarely<string | null>(written(end, zone), null, "2026-02-30T00:00:00", ...ODD_TIMES),
        bucketName: rarely<string | null>("audit", "other", null),
        locationPrefix: rarely<string | null>("dws", "dws/", null),
        result: fc.oneof(
          { weight: 30, arbitrary: fc.constant("SUCCESS") },
          {
            weight: 1,
            arbitrary: fc.constantFrom("RUNNING", "FAILED", "DONE", "success", "IN_PROGRESS", null),
          },
        ),
        failedReason: rarely<string | null>(null, "full", ""),
      }),
    );
    return rows.map((records) => ({ given, records }));
  });
  fc.assert(
    fc.property(cases, ({ given, records }) => {
      const findings = checkDwsAuditDumpRecords(reading(records), given);
      expect(count(counts, findings.length === 0)).toBe(dumpsPass(records, given, AT));
    }),
  );
  expect(rarer(counts)).toBeGreaterThan(0.05);
});

test("parameter modifications are judged as the reference judges them", () => {
  const counts = { passed: 0, violated: 0 };
  const freeze = fc
    .tuple(minute, fc.integer({ min: 1, max: 300 }), fc.constantFrom(["Z", 0, undefined], ["", 60, "+01:00"]))
    .map(([start, long, [suffix, zone, timeZone]]) => ({
      start: `${written(start, zone as number)}${suffix}`,
      end: `${written(start + long, zone as number)}${suffix}`,
      ...(timeZone !== undefined && { timeZone: timeZone as string }),
    }));
  const rules = rulesOf(
    fc.record({
      within: maybe(fc.constantFrom("1h", "5h", "1d", "2d")),
      noPending: maybe(fc.constant(true)),
      maxFailed: maybe(fc.integer({ min: 0, max: 3 })),
      maxChanges: maybe(fc.integer({ min: 0, max: 6 })),
      allowedOperators: maybe(fc.constantFrom(["anna"], ["anna", "tomas"])),
      freezeWindows: maybe(fc.array(freeze, { minLength: 1, maxLength: 2 })),
      successStatuses: maybe(fc.constantFrom(["In-Sync"], ["In-Sync", "Applied"])),
      failedStatuses: maybe(fc.constantFrom(["Failed"], [])),
    }),
    "within",
    "successStatuses",
    "failedStatuses",
  );
  const row = fc.tuple(minute, length).chain(([start, long]) =>
    fc.record({
      id: fc.constant("1"),
      operator: rarely<string | null>("anna", "tomas", "mallory", null),
      startTime: rarely<string | null>(
        `${written(start)}.000Z`,
        null,
        written(start),
        "2026-02-29T00:00:00Z",
        `${written(-20_000)}Z`,
        ...ODD_TIMES,
      ),
      endTime: fc.oneof(
        { weight: 20, arbitrary: fc.constant(`${written(start + Math.max(long, 0))}.000Z`) },
        { weight: 1, arbitrary: fc.constantFrom(`${written(start - 1)}Z`, null, null, ...ODD_TIMES) },
      ),
      status: fc.oneof(
        { weight: 20, arbitrary: fc.constant("In-Sync") },
        {
          weight: 1,
          arbitrary: fc.constantFrom("Applying", "Pending-Reboot", "Failed", "Applied", "?", null),
        },
      ),
      failedReason: rarely<string | null>(null, "full", ""),
    }),
  );
  fc.assert(
    fc.property(rules, fc.array(row, { maxLength: 8 }), (given, records) => {
      const findings = checkDwsParameterModificationRecords(reading(records), given);
      expect(count(counts, findings.length === 0)).toBe(changesPass(records, given, AT));
    }),
  );
  expect(rarer(counts)).toBeGreaterThan(0.05);
});

test("audit logs are judged as the reference judges them", () => {
  const counts = { passed: 0, violated: 0 };
  const nodes = ["n1", "n2"];
  const rules = rulesOf(
    fc.record({
      within: fc.constantFrom("1h", "5h", "1d", "2d"),
      nodeIds: maybe(fc.constantFrom(["n1"], nodes, ["n1", "n3"])),
      maxGap: maybe(limit),
      maxAge: maybe(limit),
      minLogs: maybe(fc.integer({ min: 1, max: 8 })),
      maxTotalBytes: maybe(fc.integer({ min: 0, max: 40 })),
    }),
    "within",
  );
  const logs = (node: string) =>
    chain((begin, end) =>
      fc.record({
        id: fc.constant("1"),
        name: fc.constant("log"),
        nodeId: rarely<string | null>(node, null, "n2"),
        size: rarely<number | null>(3, 0, 17, -40, null),
        startTime: rarely<string | null>(`${written(begin, 480)}+0800`, null, written(begin), ...ODD_TIMES),
        endTime: rarely<string | null>(`${written(end, 480)}+0800`, null, `${written(end)}Z`, ...ODD_TIMES),
      }),
    );
  // A node that is silent for longer than most windows.
  const silent = fc.array(fc.integer({ min: -40_000, max: -1300 }), { maxLength: 2 }).map((minutes) =>
    minutes.map((begin, index) => ({
      id: `s${index}`,
      name: "log",
      nodeId: "n4",
      size: 3,
      startTime: `${written(begin)}Z`,
      endTime: `${written(begin + 60)}Z`,
    })),
  );
  const records = fc
    .tuple(fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, silent), ...nodes.map(logs))
    .map((all) => all.flat());
  fc.assert(
    fc.property(rules, records, (given, rows) => {
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
