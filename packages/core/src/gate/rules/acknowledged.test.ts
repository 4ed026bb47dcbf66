import { createAcceptor } from "../acknowledged/acceptor.ts";
import { judgeChanges, judgeDumps, judgeLogs } from "../judge.ts";
import type { Acknowledgement } from "../policy/policy.types.ts";
import type { Finding } from "../trail/finding.ts";

const AT = Date.parse("2026-01-31T12:00:00Z");

type Row = Readonly<Record<string, unknown>>;

const dump = (hour: number, facts: Row = {}): Row => ({
  clusterId: "a",
  executorTime: `2026-01-31T0${hour}:30:00`,
  beginTime: `2026-01-31T0${hour}:00:00`,
  endTime: `2026-01-31T0${hour + 1}:00:00`,
  bucketName: "audit",
  locationPrefix: "dws",
  result: "SUCCESS",
  failedReason: null,
  ...facts,
});
const change = (id: string, facts: Row = {}): Row => ({
  id,
  operator: "anna",
  status: "In-Sync",
  failedReason: null,
  startTime: "2026-01-31T10:00:00Z",
  endTime: "2026-01-31T10:01:00Z",
  ...facts,
});
const log = (hour: number, facts: Row = {}): Row => ({
  id: `${hour}`,
  name: "log",
  nodeId: "n1",
  size: 100,
  startTime: `2026-01-31T0${hour}:00:00Z`,
  endTime: `2026-01-31T0${hour + 1}:00:00Z`,
  ...facts,
});

interface Broken {
  readonly rules: object;
  /** Of which each breaks the rule, unless it is said to be in order. */
  readonly rows: readonly Row[];
  /** What names each that breaks it. */
  readonly named: readonly Row[];
}

const ran = (hour: number) => ({ executorTime: `2026-01-31T0${hour}:30:00` });
const failed = { failedReason: "full" };
const unknown = { status: "Resting" };
const freezeWindows = [
  { start: "2026-01-31T09:00:00Z", end: "2026-01-31T10:30:00Z" },
  { start: "2026-01-31T10:00:00Z", end: "2026-01-31T10:00:30Z" },
];

const dumps: Readonly<Record<string, Broken>> = {
  "dws.dump.max-age": { rules: { maxAge: "1h" }, rows: [dump(3), dump(5)], named: [ran(5)] },
  "dws.dump.max-failures": {
    rules: { maxFailures: 0 },
    rows: [dump(3, failed), dump(4), dump(5, failed), dump(6, { result: "?" })],
    named: [ran(3), ran(5), ran(6)],
  },
  "dws.dump.max-gap": {
    rules: { maxGap: "2h" },
    rows: [dump(1), dump(5)],
    named: [{ gapStart: "2026-01-31T02:00:00Z" }, { gapStart: "2026-01-31T06:00:00Z" }],
  },
  "dws.dump.max-running": {
    rules: { maxRunning: "1h" },
    rows: [dump(3, { result: "RUNNING" }), dump(4), dump(5, { result: "RUNNING" }), dump(6, { result: "?" })],
    named: [ran(3), ran(5), ran(6)],
  },
  "dws.dump.bucket-name": {
    rules: { bucketName: "audit" },
    rows: [dump(3, { bucketName: "other" }), dump(4), dump(5, { bucketName: null })],
    named: [ran(3), ran(5)],
  },
  "dws.dump.location-prefix": {
    rules: { locationPrefix: "dws" },
    rows: [dump(3, { locationPrefix: "other" }), dump(4), dump(5, { locationPrefix: null })],
    named: [ran(3), ran(5)],
  },
};
const changes: Readonly<Record<string, Broken>> = {
  "dws.modification.no-pending": {
    rules: { noPending: true },
    rows: [change("1", { status: "Applying" }), change("2"), change("3", unknown)],
    named: [{ id: "1" }, { id: "3" }],
  },
  "dws.modification.max-failed": {
    rules: { maxFailed: 0 },
    rows: [change("1", failed), change("2"), change("3", unknown)],
    named: [{ id: "1" }, { id: "3" }],
  },
  "dws.modification.max-changes": {
    rules: { maxChanges: 0 },
    rows: [change("1"), change("2")],
    named: [{ id: "1" }, { id: "2" }],
  },
  "dws.modification.allowed-operators": {
    rules: { allowedOperators: ["anna"] },
    rows: [change("1", { operator: "mallory" }), change("2"), change("3", { operator: null })],
    named: [{ id: "1" }, { id: "3" }],
  },
  "dws.modification.freeze-windows": {
    rules: { freezeWindows },
    rows: [change("1"), change("2", { startTime: "2026-01-31T08:00:00Z", endTime: null })],
    named: [{ id: "1" }, { id: "2" }],
  },
};
const logs: Readonly<Record<string, Broken>> = {
  "dds.log.max-age": {
    rules: { within: "1d", maxAge: "1h" },
    rows: [log(3), log(5)],
    named: [{ endTime: "2026-01-31T06:00:00Z" }],
  },
  "dds.log.max-gap": {
    rules: { within: "6h", maxGap: "2h" },
    rows: [log(5), log(1, { nodeId: "n2" })],
    named: [
      { nodeId: "n1", gapStart: "2026-01-31T06:00:00Z" },
      { nodeId: "n2", gapStart: "2026-01-31T02:00:00Z" },
    ],
  },
  "dds.log.max-total-bytes": {
    rules: { within: "1d", maxTotalBytes: 10 },
    rows: [log(3), log(5, { size: null }), log(6, { size: 10 })],
    named: [{ id: "3" }, { id: "5" }],
  },
};

const families: readonly (readonly [typeof judgeDumps, Readonly<Record<string, Broken>>])[] = [
  [judgeDumps, dumps],
  [judgeChanges as unknown as typeof judgeDumps, changes],
  [judgeLogs as unknown as typeof judgeDumps, logs],
];
const cases = families.flatMap(([judge, family]) =>
  Object.entries(family).map(([rule, { rules, rows, named }]) => {
    const judged = (records: readonly Row[], seen: readonly Row[], until = "2026-02-10") => {
      const acknowledged = seen.map((record) => acknowledgement(rule, record, until));
      const acceptor = createAcceptor(acknowledged, "a", AT);
      return judge({ records: records as never, at: AT }, rules as never, acceptor);
    };
    return [rule, { judged, rows, named }] as const;
  }),
);

function acknowledgement(rule: string, record: object, until: string): Acknowledgement {
  return { rule, subject: "a", record, reason: "known", since: "2026-01-20", until };
}

const ruleIds = (findings: readonly Finding[]) => [...new Set(findings.map(({ ruleId }) => ruleId))];

describe.each(cases)("%s", (rule, { judged, rows, named }) => {
  test("is kept where all that breaks it is acknowledged", () => {
    expect(ruleIds(judged(rows, []))).toEqual([rule]);
    expect(judged(rows, named)).toEqual([]);
    expect(judged(rows.toReversed(), named.toReversed())).toEqual([]);
  });

  test("is broken by what is not, however little", () => {
    for (const left of named) {
      const others = named.filter((each) => each !== left);
      expect(ruleIds(judged(rows, others))).toEqual([rule]);
      expect(ruleIds(judged(rows, [...others, {}]))).toEqual([rule]);
      for (const name of Object.keys(left)) {
        const moved = { ...left, [name]: "2026-01-31T03:30:01" };
        const less = Object.fromEntries(Object.entries(left).filter(([each]) => each !== name));
        for (const other of [moved, less]) expect(ruleIds(judged(rows, [...others, other]))).toEqual([rule]);
      }
      expect(ruleIds(judged(rows, [...others, { ...left, x: "1" }]))).toEqual([rule]);
    }
  });

  test("is broken again after the last day, and says so", () => {
    const late = judged(rows, named, "2026-01-30");
    expect(ruleIds(late)).toEqual([rule]);
    for (const { kind, found, message } of late) {
      const says = "; what was acknowledged until 2026-01-30 counts again";
      expect([found, message].map((text) => text.includes(says))).toEqual(
        kind === "violated" ? [true, true] : [false, false],
      );
    }
  });
});

test("of two that are alike, each needs an acknowledgement of its own", () => {
  const records = [dump(3, failed), dump(3, failed)] as never;
  const judge = (count: number) => {
    const all = Array.from({ length: count }, () =>
      acknowledgement("dws.dump.max-failures", ran(3), "2026-02-10"),
    );
    return judgeDumps({ records, at: AT }, { maxFailures: 0 }, createAcceptor(all, "a", AT));
  };
  expect([judge(0), judge(1), judge(2)].map(({ length }) => length)).toEqual([1, 1, 0]);
});

test("as many as are allowed need no acknowledgement, and none beyond what is left", () => {
  const records = [dump(3, failed), dump(4, failed)] as never;
  const judge = (maxFailures: number, ...named: readonly Row[]) => {
    const all = named.map((record) => acknowledgement("dws.dump.max-failures", record, "2026-02-10"));
    const acceptor = createAcceptor(all, "a", AT);
    return [judgeDumps({ records, at: AT }, { maxFailures }, acceptor).length, acceptor.met.size];
  };
  expect([judge(2, ran(3)), judge(1, ran(3)), judge(0, ran(3))]).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
});

test("how many have ended is said once", () => {
  const records = [dump(3, failed), dump(4, failed), dump(5, failed)] as never;
  const all = [
    acknowledgement("dws.dump.max-failures", ran(3), "2026-01-29"),
    acknowledgement("dws.dump.max-failures", ran(4), "2026-01-28"),
    acknowledgement("dws.dump.max-failures", ran(5), "2026-01-29"),
  ];
  const [finding] = judgeDumps({ records, at: AT }, { maxFailures: 0 }, createAcceptor(all, "a", AT));
  expect(finding?.found).toBe(
    "3 failed dumps; what was acknowledged until 2026-01-28, 2026-01-29 counts again",
  );
});
