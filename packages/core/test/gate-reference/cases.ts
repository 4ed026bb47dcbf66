import fc from "fast-check";
import { chain, length, limit, maybe, minute, rarely, rulesOf, written } from "./history.ts";

/** The zeros and ends of clocks, and what has not come. */
const ODD_TIMES = [
  "1970-01-01T00:00:00",
  "1970-01-01T00:00:00Z",
  "9999-12-31T23:59:00Z",
  `${written(2880)}Z`,
];

/** Rules about dumps, and dumps. */
export function dumpCases() {
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
  return rules.chain((given) => {
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
}

/** Rules about parameter modifications, and modifications. */
export function changeCases() {
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
      id: fc.constantFrom("1", "2", "3", "4", "5", "6"),
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
  return fc.record({ given: rules, records: fc.array(row, { maxLength: 8 }) });
}

/** Rules about audit logs, and logs. */
export function logCases() {
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
        name: fc.constant("log"),
        nodeId: rarely<string | null>(node, null, "n2"),
        size: rarely<number | null>(3, 0, 17, -40, null),
        startTime: rarely<string | null>(`${written(begin, 480)}+0800`, null, written(begin), ...ODD_TIMES),
        endTime: rarely<string | null>(`${written(end, 480)}+0800`, null, `${written(end)}Z`, ...ODD_TIMES),
      }),
    );
  // A node that is silent for longer than most windows.
  const silent = fc.array(fc.integer({ min: -40_000, max: -1300 }), { maxLength: 2 }).map((minutes) =>
    minutes.map((begin) => ({
      name: "log",
      nodeId: "n4",
      size: 3,
      startTime: `${written(begin)}Z`,
      endTime: `${written(begin + 60)}Z`,
    })),
  );
  const records = fc
    .tuple(fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, silent), ...nodes.map(logs))
    .map((all) => all.flat().map((log, index) => ({ ...log, id: `${index}` })));
  return fc.record({ given: rules, records });
}
