import type { DdsAuditLogsRecord } from "../../queries/dds-audit-logs.types.ts";
import { createAcceptor } from "../acknowledged/acceptor.ts";
import { judgeLogs } from "../judge.ts";

type Row = DdsAuditLogsRecord;
type Rules = Parameters<typeof judgeLogs>[1];

const AT = Date.parse("2026-01-31T12:00:00Z");

/** A log of two hours that ended so many hours ago, at a wall clock in Shanghai. */
function log(hoursAgo: number, nodeId: string | null = "n1", facts: Partial<Row> = {}): Row {
  const time = (hours: number) => `${new Date(AT + (8 - hours) * 3_600_000).toISOString().slice(0, 19)}+0800`;
  return {
    id: `${nodeId}-${hoursAgo}`,
    name: "log",
    nodeId,
    size: 100,
    startTime: time(hoursAgo + 2),
    endTime: time(hoursAgo),
    ...facts,
  };
}

const day = (nodeId: string) => Array.from({ length: 13 }, (_, index) => log(index * 2, nodeId));

function kinds(records: readonly Row[], rules: Partial<Rules>) {
  return judgeLogs({ records, at: AT }, { within: "1d", ...rules }).map(
    ({ rule, kind }) => `${rule} ${kind}`,
  );
}

test("a trail in order breaks no rule", () => {
  const rules = { nodeIds: ["n1", "n2"], maxGap: "1m", maxAge: "1m", minLogs: 26, maxTotalBytes: 2600 };
  expect(kinds([...day("n1"), ...day("n2")], rules)).toEqual([]);
});

describe("a node that was silent for the whole window", () => {
  const silent = [...day("n1"), log(40, "n2"), log(700, "n3")];

  test("has a gap, where an older log of the reading names it", () => {
    expect(kinds(silent, { maxGap: "2h" })).toEqual(["maxGap violated", "maxGap violated"]);
    expect(kinds(day("n1"), { maxGap: "2h" })).toEqual([]);
  });

  test("has none where nodes are named, and it is not", () => {
    expect(kinds(silent, { maxGap: "2h", nodeIds: ["n1"] })).toEqual([]);
  });

  test("may be any, where an older log does not name it", () => {
    expect(kinds([...day("n1"), log(40, null)], { maxGap: "2h" })).toEqual(["maxGap unknown"]);
    expect(kinds([...day("n1"), log(40, null)], { maxGap: "2h", nodeIds: ["n1"] })).toEqual([]);
  });
});

test("texts are the same whenever the same trail is judged", () => {
  const found = (at: number) =>
    judgeLogs(
      { records: [...day("n1").slice(3), log(60)], at },
      { within: "1d", maxGap: "1h", maxAge: "1h" },
    ).map((finding) => finding.message);
  expect(found(AT)).toHaveLength(2);
  expect(found(AT + 61_000)).toEqual(found(AT));
});

describe("nodeIds", () => {
  test("each needs a log in the window", () => {
    expect(kinds([log(0), log(25, "n2")], { nodeIds: ["n1", "n2"] })).toEqual(["nodeIds violated"]);
    expect(kinds([log(0), log(24, "n2")], { nodeIds: ["n1", "n2"] })).toEqual([]);
    expect(kinds([], { nodeIds: ["n1"] })).toEqual(["nodeIds violated"]);
  });

  test("a log that does not name its node is unknown", () => {
    expect(kinds([log(0), log(2, null)], { nodeIds: ["n1"] })).toEqual(["nodeIds unknown"]);
    expect(kinds([log(0), log(2, null)], { minLogs: 2 })).toEqual([]);
  });
});

describe("maxGap", () => {
  test("is each node's own", () => {
    const rows = [...day("n1"), ...day("n2").filter((_, index) => index !== 5)];
    expect(kinds(rows, { maxGap: "2h" })).toEqual([]);
    expect(kinds(rows, { maxGap: "119m" })).toEqual(["maxGap violated"]);
    expect(kinds(rows, { maxGap: "119m", nodeIds: ["n1"] })).toEqual([]);
  });

  test("counts from the beginning of the window, which a log from before may cover", () => {
    expect(kinds(day("n1").slice(0, 12), { maxGap: "1m", within: "24h" })).toEqual([]);
    expect(kinds(day("n1").slice(0, 12), { maxGap: "1m", within: "1441m" })).toEqual([]);
    expect(kinds(day("n1").slice(0, 12), { maxGap: "1m", within: "1442m" })).toEqual(["maxGap violated"]);
  });

  test("finds a node that has fallen silent, once its next log is overdue", () => {
    expect(kinds(day("n1").slice(2), { maxGap: "2h" })).toEqual([]);
    expect(kinds(day("n1").slice(2), { maxGap: "119m" })).toEqual(["maxGap violated"]);
  });

  test("names a gap by its true beginning, where nodes are named too", () => {
    const seen: string[] = [];
    const acceptor = createAcceptor([], "a", AT, (_, { gapStart }) => seen.push(String(gapStart)));
    const records = day("n1").filter((_, index) => index < 3 || index > 6);
    for (const nodeIds of [undefined, ["n1"]]) {
      judgeLogs({ records, at: AT }, { within: "10h", maxGap: "2h", nodeIds }, acceptor);
    }
    expect(seen).toEqual(["2026-01-30T22:00:00Z", "2026-01-30T22:00:00Z"]);
  });

  test("is violated where there is no log, and unknown where one does not name its node", () => {
    expect(kinds([], { maxGap: "1d" })).toEqual(["maxGap violated"]);
    expect(kinds([...day("n1"), log(0, null)], { maxGap: "1d" })).toEqual(["maxGap unknown"]);
  });
});

describe("maxAge", () => {
  test("counts from the end of the newest log", () => {
    expect(kinds([log(5), log(3)], { maxAge: "3h" })).toEqual([]);
    expect(kinds([log(5), log(3)], { maxAge: "179m" })).toEqual(["maxAge violated"]);
    expect(kinds([log(25)], { maxAge: "7d" })).toEqual(["maxAge violated"]);
  });
});

describe("minLogs and maxTotalBytes", () => {
  test("count what touches the window", () => {
    expect(kinds([log(0), log(24), log(25)], { minLogs: 2, maxTotalBytes: 200 })).toEqual([]);
    expect(kinds([log(0), log(24), log(25)], { minLogs: 3 })).toEqual(["minLogs violated"]);
    expect(kinds([log(0), log(24), log(25)], { maxTotalBytes: 199 })).toEqual(["maxTotalBytes violated"]);
    expect(kinds([], { maxTotalBytes: 0 })).toEqual([]);
  });

  test.each([null, -100])("a size of %j is unknown", (size) => {
    expect(kinds([log(0), log(2, "n1", { size })], { maxTotalBytes: 1000 })).toEqual([
      "maxTotalBytes unknown",
    ]);
    expect(kinds([log(0), log(2, "n1", { size })], { maxTotalBytes: 99 })).toEqual([
      "maxTotalBytes violated",
      "maxTotalBytes unknown",
    ]);
  });
});

test.each([
  ["no start", { startTime: null }],
  ["no end", { endTime: null }],
  ["a start without a zone", { startTime: "2026-01-31T10:00:00" }],
  ["an end before its start", { endTime: "2026-01-31T09:00:00Z" }],
  ["an end that has not come", { endTime: "2026-01-31T12:05:01Z" }],
])("a log with %s is unknown", (_, facts) => {
  expect(kinds([log(0), log(0, "n1", facts)], { minLogs: 1 })).toEqual(["within unknown"]);
});
