import { freezeSpan } from "../time/freeze-window.ts";
import { judgeChanges, judgeDumps, judgeLogs } from "../judge.ts";
import { tryParseZone } from "../time/zone.ts";

const AT = Date.parse("2026-01-31T12:00:00Z");

type Dump = Parameters<typeof judgeDumps>[0]["records"][number];
type Change = Parameters<typeof judgeChanges>[0]["records"][number];
type Log = Parameters<typeof judgeLogs>[0]["records"][number];

const dump = (hour: number, facts: Partial<Dump> = {}): Dump => {
  const time = (hours: number) => `2026-01-31T${String(hours).padStart(2, "0")}:00:00`;
  const interval = { executorTime: time(hour), beginTime: time(hour), endTime: time(hour + 1) };
  const place = { bucketName: "audit", locationPrefix: "dws" };
  return { clusterId: "a", ...interval, ...place, result: "SUCCESS", failedReason: null, ...facts };
};
const change = (facts: Partial<Change> = {}): Change => ({
  id: "1",
  operator: "anna",
  status: "In-Sync",
  failedReason: null,
  startTime: "2026-01-31T10:00:00Z",
  endTime: "2026-01-31T10:01:00Z",
  ...facts,
});
const log = (hour: number, facts: Partial<Log> = {}): Log => ({
  id: String(hour),
  name: "log",
  nodeId: "n1",
  size: 100,
  startTime: `2026-01-31T0${hour}:00:00Z`,
  endTime: `2026-01-31T0${hour + 1}:00:00Z`,
  ...facts,
});

type Findings = readonly { readonly rule: string; readonly message: string }[];

/** Each as `rule: Expected …, found ….` */
const texts = (findings: Findings) => findings.map(({ rule, message }) => `${rule}: ${message}`);

describe("of dumps", () => {
  const judge = (records: readonly Dump[], rules: Parameters<typeof judgeDumps>[1]) =>
    judgeDumps({ records, at: AT }, rules);

  test.each<[string, readonly Dump[], Parameters<typeof judgeDumps>[1], string]>([
    [
      "an age",
      [dump(3), dump(7), dump(5)],
      { maxAge: "2h" },
      "maxAge: Expected a successful dump that ran at most 2h ago, found that the last one ran at 2026-01-31T07:00:00Z.",
    ],
    [
      "no dump that succeeded",
      [dump(3, { failedReason: "full" })],
      { maxAge: "2h", within: "1d" },
      "maxAge: Expected a successful dump that ran at most 2h ago, found no successful one among 1 dump in the last 1d.",
    ],
    [
      "failures",
      [dump(3, { failedReason: "full" }), dump(4, { failedReason: "full" })],
      { maxFailures: 1, within: "1d" },
      "maxFailures: Expected at most 1 failed dump in the last 1d, found 2 failed dumps.",
    ],
    [
      "a gap",
      [dump(8), dump(11)],
      { maxGap: "1h" },
      "maxGap: Expected no time longer than 1h without a successful dump of it, found 1 gap, the longest of 2h from 2026-01-31T09:00:00Z to 2026-01-31T11:00:00Z.",
    ],
    [
      "no dump at all",
      [],
      { maxGap: "1h", within: "1d" },
      "maxGap: Expected no time longer than 1h without a successful dump of it in the last 1d, found no successful one among 0 dumps in the last 1d.",
    ],
    [
      "dumps that run",
      [dump(7, { result: "RUNNING" }), dump(6, { result: "RUNNING" }), dump(8, { result: "RUNNING" })],
      { maxRunning: "4h" },
      "maxRunning: Expected no dump that has been running for more than 4h, found 2 dumps running, the first since 2026-01-31T06:00:00Z.",
    ],
    [
      "other buckets",
      [dump(7, { bucketName: "mine" }), dump(8, { bucketName: "yours" }), dump(9)],
      { bucketName: "audit", within: "1d" },
      'bucketName: Expected bucketName "audit" for every dump in the last 1d, found 2 dumps with "mine", "yours".',
    ],
    [
      "no prefix",
      [dump(7, { locationPrefix: null })],
      { locationPrefix: "dws" },
      'locationPrefix: Expected locationPrefix "dws" for every dump, found 1 dump with null.',
    ],
    [
      "results that nobody named",
      [dump(7, { result: "PARTIAL" }), dump(8, { result: null })],
      { maxFailures: 0 },
      'maxFailures: Expected only results of successResults ("SUCCESS"), or "RUNNING", found 2 dumps with "PARTIAL", null.',
    ],
    [
      "results that the user's words leave out",
      [dump(7)],
      { maxFailures: 0, successResults: ["DONE", "OK"], failedResults: ["BROKEN"] },
      'maxFailures: Expected only results of successResults ("DONE", "OK") or failedResults ("BROKEN"), or "RUNNING", found 1 dump with "SUCCESS".',
    ],
    [
      "times that cannot be read",
      [dump(7, { executorTime: null })],
      { maxAge: "1h" },
      "maxAge: Expected times that can be read, found 1 dump with a time that is missing, cannot be read or contradicts itself.",
    ],
    [
      "a place in time that nobody can tell",
      [dump(7, { executorTime: null })],
      { maxFailures: 0, within: "1d" },
      "within: Expected times that can be read, found 1 dump with a time that is missing, cannot be read or contradicts itself.",
    ],
  ])("%s", (_, records, rules, text) => {
    expect(texts(judge(records, rules))).toEqual([text]);
  });

  test("show the records that decided, the worst first", () => {
    const shown = (records: readonly Dump[], rules: Parameters<typeof judgeDumps>[1]) =>
      judge(records, rules).map((finding) =>
        finding.records.map((record) => /begin\w+="([^"]+)"/i.exec(record)?.[1]),
      );
    expect(shown([dump(3), dump(7), dump(5)], { maxAge: "2h" })).toEqual([["2026-01-31T07:00:00"]]);
    const running = [7, 6, 8].map((hour) => dump(hour, { result: "RUNNING" }));
    expect(shown(running, { maxRunning: "4h" })).toEqual([["2026-01-31T06:00:00", "2026-01-31T07:00:00"]]);
    expect(shown([dump(8), dump(11)], { maxGap: "1h" })).toEqual([
      ["2026-01-31T08:00:00", "2026-01-31T11:00:00"],
    ]);
  });

  test("an older dump that failed covers no beginning of the window", () => {
    const older = dump(1, { endTime: "2026-01-31T07:00:00", failedReason: "full" });
    expect(
      texts(judge([older, dump(7), dump(8), dump(9), dump(10), dump(11)], { maxGap: "1h", within: "8h" })),
    ).toEqual([expect.stringContaining("from the beginning of the window to 2026-01-31T07:00:00Z")]);
  });

  test("a dump of no length is a dump", () => {
    expect(judge([dump(11, { endTime: "2026-01-31T11:00:00" })], { maxGap: "1h" })).toEqual([]);
  });
});

describe("of modifications", () => {
  const freezeWindows = [{ start: "2026-01-31T10:00:30Z", end: "2026-01-31T11:00:00Z" }];

  test.each<[string, readonly Change[], Parameters<typeof judgeChanges>[1], string]>([
    [
      "pending ones",
      [change({ status: "Applying" }), change({ status: "Pending-Reboot" })],
      { noPending: true },
      'noPending: Expected no pending modification, found 2 modifications with "Applying", "Pending-Reboot".',
    ],
    [
      "failures",
      [change({ failedReason: "full" })],
      { maxFailed: 0, within: "1d" },
      "maxFailed: Expected at most 0 failed modifications in the last 1d, found 1 failed modification.",
    ],
    [
      "too many",
      [change(), change()],
      { maxChanges: 1 },
      "maxChanges: Expected at most 1 modification, found 2 modifications.",
    ],
    [
      "other operators",
      [change({ operator: "mallory" }), change()],
      { allowedOperators: ["anna", "tomas"], within: "1d" },
      'allowedOperators: Expected only modifications by "anna", "tomas" in the last 1d, found 1 modification by "mallory".',
    ],
    [
      "no operator",
      [change({ operator: null }), change()],
      { allowedOperators: ["anna"] },
      'allowedOperators: Expected only modifications by "anna", found 1 modification by null.',
    ],
    [
      "one in a freeze window",
      [change()],
      { freezeWindows },
      "freezeWindows: Expected no modification from 2026-01-31T10:00:30Z to 2026-01-31T11:00:00Z, found 1 modification.",
    ],
    [
      "one before a freeze window, without an end",
      [change({ endTime: null })],
      { freezeWindows },
      "freezeWindows: Expected no modification from 2026-01-31T10:00:30Z to 2026-01-31T11:00:00Z, found 1 modification before that, without an end.",
    ],
    [
      "statuses that nobody named",
      [change({ status: "Odd" }), change({ status: null })],
      { noPending: true },
      'noPending: Expected only statuses of successStatuses ("In-Sync"), or "Applying", "Pending-Reboot", found 2 modifications with "Odd", null.',
    ],
    [
      "statuses that the user's words leave out",
      [change({ status: "" })],
      { maxFailed: 0, successStatuses: ["Done"], failedStatuses: ["Failed"] },
      'maxFailed: Expected only statuses of successStatuses ("Done"), failedStatuses ("Failed"), or "Applying", "Pending-Reboot", found 1 modification with "".',
    ],
  ])("%s", (_, records, rules, text) => {
    expect(texts(judgeChanges({ records, at: AT }, rules))).toEqual([text]);
  });

  test("one that began as a freeze window did is inside, if it took no time at all", () => {
    const moment = { startTime: "2026-01-31T10:00:30Z", endTime: "2026-01-31T10:00:30Z" };
    expect(judgeChanges({ records: [change(moment)], at: AT }, { freezeWindows })).toHaveLength(1);
  });

  test("one without an end is no doubt about a window that began as it did", () => {
    const endless = change({ startTime: "2026-01-31T10:00:30Z", endTime: null });
    const findings = judgeChanges({ records: [endless], at: AT }, { freezeWindows });
    expect(findings.map(({ kind }) => kind)).toEqual(["violated"]);
    const beginning = [{ start: "2026-01-31T12:00:00Z", end: "2026-01-31T13:00:00Z" }];
    const doubts = judgeChanges({ records: [endless], at: AT }, { freezeWindows: beginning });
    expect(doubts.map(({ kind }) => kind)).toEqual(["unknown"]);
  });

  test.each([
    [
      "2026-02-30T00:00:00Z",
      "2026-03-01T00:00:00Z",
      "start",
      /^start cannot be "2026-02-30T00:00:00Z": must be/,
    ],
    ["2026-02-01T00:00:00Z", "soon", "end", /^end cannot be "soon": must be a date and time that there is/],
    [
      "2026-02-01T00:00:00Z",
      "2026-02-01T00:00:00Z",
      "end",
      /^end must be later than the start, but 2026-02-01T00:00:00Z is not after 2026-02-01T00:00:00Z\.$/,
    ],
  ])("a freeze window from %s to %s is none", (start, end, argument, message) => {
    const span = () => freezeSpan({ start, end }, tryParseZone("Z")!);
    expect(span).toThrow(expect.objectContaining({ code: "ERR_ARGUMENT", argument }));
    expect(span).toThrow(message);
  });
});

describe("of logs", () => {
  test.each<[string, readonly Log[], Omit<Parameters<typeof judgeLogs>[1], "within">, string]>([
    [
      "silent nodes",
      [log(1)],
      { nodeIds: ["n1", "n2"] },
      'nodeIds: Expected logs of each of 2 nodes in the last 1d, found none of "n2".',
    ],
    [
      "logs without a node",
      [log(1), log(2, { nodeId: null })],
      { nodeIds: ["n1"] },
      "nodeIds: Expected logs that name their node, found 1 log without one.",
    ],
    [
      "a gap",
      [log(3), log(6)],
      { maxGap: "119m", nodeIds: ["n1"] },
      'maxGap: Expected no time longer than 119m in the last 1d without a log of a node, found 3 gaps of node "n1", the longest from the beginning of the window to 2026-01-31T03:00:00Z.',
    ],
    [
      "no log",
      [],
      { maxGap: "2h" },
      "maxGap: Expected no time longer than 2h in the last 1d without a log of a node, found no log at all.",
    ],
    [
      "an age",
      [log(1), log(3), log(2)],
      { maxAge: "2h" },
      "maxAge: Expected a log that ended at most 2h ago, found that the newest one ended at 2026-01-31T04:00:00Z.",
    ],
    [
      "no log that could be young",
      [],
      { maxAge: "2h" },
      "maxAge: Expected a log that ended at most 2h ago, found no log in the last 1d.",
    ],
    ["too few", [log(1)], { minLogs: 2 }, "minLogs: Expected at least 2 logs in the last 1d, found 1 log."],
    [
      "too many bytes",
      [log(1), log(2)],
      { maxTotalBytes: 199 },
      "maxTotalBytes: Expected at most 199 bytes of logs in the last 1d, found 200 bytes in 2 logs.",
    ],
    [
      "no size",
      [log(1, { size: null })],
      { maxTotalBytes: 199 },
      "maxTotalBytes: Expected at most 199 bytes of logs in the last 1d, found 1 log without a size.",
    ],
    [
      "times that cannot be read",
      [log(1, { endTime: null })],
      {},
      "within: Expected times that can be read, found 1 log with a time that is missing, cannot be read or contradicts itself.",
    ],
  ])("%s", (_, records, rules, text) => {
    expect(texts(judgeLogs({ records, at: AT }, { within: "1d", ...rules }))).toEqual([text]);
  });

  test("show the largest first, and the newest", () => {
    const rows = [log(1, { size: 5 }), log(2, { size: 9 }), log(3, { size: 7 }), log(4, { size: 0 })];
    const shown = (rules: Omit<Parameters<typeof judgeLogs>[1], "within">) =>
      judgeLogs({ records: rows, at: AT }, { within: "1d", ...rules }).map((finding) =>
        finding.records.map((record) => /size="?(\d+)/.exec(record)?.[1]),
      );
    expect(shown({ maxTotalBytes: 20 })).toEqual([["9", "7", "5", "0"]]);
    expect(shown({ maxAge: "1h" })).toEqual([["0"]]);
  });

  test("an instance without logs has no gap of a node that is asked for: nodeIds says that", () => {
    expect(judgeLogs({ records: [], at: AT }, { within: "1d", maxGap: "1h", nodeIds: ["n1"] })).toEqual([
      expect.objectContaining({ rule: "nodeIds" }),
    ]);
  });
});
