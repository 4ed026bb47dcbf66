import type { DwsParameterModificationRecordsRecord } from "../../queries/dws-parameter-modification-records.types.ts";
import { judgeChanges } from "../judge.ts";

type Row = DwsParameterModificationRecordsRecord;
type Rules = Parameters<typeof judgeChanges>[1];

const AT = Date.parse("2026-01-31T12:00:00Z");

function change(facts: Partial<Row> = {}): Row {
  return {
    id: "1",
    operator: "anna",
    startTime: "2026-01-31T10:00:00.000Z",
    endTime: "2026-01-31T10:01:00.000Z",
    status: "In-Sync",
    failedReason: null,
    ...facts,
  };
}

function kinds(records: readonly Row[], rules: Rules) {
  return judgeChanges({ records, at: AT }, rules).map(({ rule, kind }) => `${rule} ${kind}`);
}

test("a trail in order breaks no rule, and neither does an empty one", () => {
  const freezeWindows = [{ start: "2026-01-31T11:00:00Z", end: "2026-01-31T12:00:00Z" }];
  const rules: Rules = {
    noPending: true,
    maxFailed: 0,
    maxChanges: 1,
    allowedOperators: ["anna"],
    freezeWindows,
  };
  expect(kinds([change()], rules)).toEqual([]);
  expect(kinds([], { ...rules, within: "1d" })).toEqual([]);
});

describe("noPending", () => {
  test.each(["Applying", "Pending-Reboot"])("%s is pending, however long ago it began", (status) => {
    expect(kinds([change({ status })], { noPending: true })).toEqual(["noPending violated"]);
    expect(kinds([change({ status })], { noPending: true, within: "1h" })).toEqual(["noPending violated"]);
    expect(kinds([change({ status })], { noPending: false, maxChanges: 1 })).toEqual([]);
  });

  test("a modification that failed is not pending any more", () => {
    expect(kinds([change({ status: "Applying", failedReason: "full" })], { noPending: true })).toEqual([]);
  });

  test.each([null, "", "in-sync", "Failed"])("%j is unknown", (status) => {
    expect(kinds([change({ status })], { noPending: true })).toEqual(["noPending unknown"]);
    expect(kinds([change({ status })], { maxFailed: 0 })).toEqual(["maxFailed unknown"]);
    expect(kinds([change({ status })], { maxChanges: 1 })).toEqual([]);
  });
});

describe("maxFailed", () => {
  test("counts failure reasons and the user's words for failure", () => {
    const rows = [change({ failedReason: "full" }), change({ status: "Failed" })];
    expect(kinds(rows, { maxFailed: 2, failedStatuses: ["Failed"] })).toEqual([]);
    expect(kinds(rows, { maxFailed: 1, failedStatuses: ["Failed"] })).toEqual(["maxFailed violated"]);
    expect(kinds(rows, { maxFailed: 0 })).toEqual(["maxFailed violated", "maxFailed unknown"]);
  });

  test("the user's words for success count", () => {
    const rules: Rules = { maxFailed: 0, successStatuses: ["Applied"] };
    expect(kinds([change({ status: "Applied" })], rules)).toEqual([]);
    expect(kinds([change()], rules)).toEqual(["maxFailed unknown"]);
  });
});

describe("maxChanges and allowedOperators", () => {
  test("maxChanges counts the window's", () => {
    const old = { startTime: "2026-01-01T00:00:00Z", endTime: "2026-01-01T00:01:00Z" };
    const rows = [change(), change(), change(old)];
    expect(kinds(rows, { maxChanges: 2, within: "1d" })).toEqual([]);
    expect(kinds(rows, { maxChanges: 2 })).toEqual(["maxChanges violated"]);
  });

  test("what has no end, or what nobody has explained, is of now", () => {
    const old = { startTime: "2026-01-01T00:00:00Z", endTime: "2026-01-01T00:01:00Z" };
    const rules: Rules = { maxChanges: 0, within: "1d" };
    expect(kinds([change(old)], rules)).toEqual([]);
    expect(kinds([change({ ...old, endTime: null })], rules)).toEqual(["maxChanges violated"]);
    expect(kinds([change({ ...old, status: "Odd" })], rules)).toEqual(["maxChanges violated"]);
    expect(
      kinds([change({ ...old, status: null, endTime: null })], { noPending: true, within: "1d" }),
    ).toEqual(["noPending unknown"]);
    const freezeWindows = [{ start: "2026-01-10T00:00:00Z", end: "2026-01-11T00:00:00Z" }];
    expect(kinds([change({ ...old, endTime: null })], { freezeWindows, within: "1d" })).toEqual([
      "freezeWindows unknown",
    ]);
  });

  test("an operator that is not named is a violation, none is unknown", () => {
    const rows = [change({ operator: "mallory" }), change({ operator: null }), change()];
    expect(kinds(rows, { allowedOperators: ["anna"] })).toEqual([
      "allowedOperators violated",
      "allowedOperators unknown",
    ]);
  });
});

describe("freezeWindows", () => {
  const freeze = (start: string, end: string, timeZone?: string): Rules => ({
    freezeWindows: [{ start, end, ...(timeZone !== undefined && { timeZone }) }],
  });

  test.each([
    ["that began in it", "2026-01-31T09:59:00Z", "2026-01-31T10:00:30Z", true],
    ["that ended in it", "2026-01-31T10:00:30Z", "2026-01-31T11:00:00Z", true],
    ["around it", "2026-01-31T10:00:20Z", "2026-01-31T10:00:30Z", true],
    ["that began as it did", "2026-01-31T10:00:00Z", "2026-01-31T10:00:01Z", true],
    ["that ended as it began", "2026-01-31T10:01:00Z", "2026-01-31T11:00:00Z", false],
    ["that began as it ended", "2026-01-31T09:00:00Z", "2026-01-31T10:00:00Z", false],
  ])("a modification %s: from %s to %s", (_, start, end, inside) => {
    expect(kinds([change()], freeze(start, end))).toEqual(inside ? ["freezeWindows violated"] : []);
  });

  test("a local window is read in its own zone, else in that of the rules", () => {
    const local = ["2026-01-31T18:00:00", "2026-01-31T18:00:30"] as const;
    expect(kinds([change()], freeze(...local))).toEqual([]);
    expect(kinds([change()], freeze(...local, "Asia/Shanghai"))).toEqual(["freezeWindows violated"]);
    expect(kinds([change()], { ...freeze(...local), timeZone: "+08:00" })).toEqual([
      "freezeWindows violated",
    ]);
    expect(kinds([change()], { ...freeze(...local, "+00:00"), timeZone: "+08:00" })).toEqual([]);
  });

  test("a pending modification lasts until now", () => {
    const rules = freeze("2026-01-31T11:00:00Z", "2026-01-31T13:00:00Z");
    expect(kinds([change({ status: "Applying", endTime: null })], rules)).toEqual(["freezeWindows violated"]);
    expect(kinds([change({ status: "Pending-Reboot" })], rules)).toEqual(["freezeWindows violated"]);
    const beginning = freeze("2026-01-31T12:00:00Z", "2026-01-31T13:00:00Z");
    expect(kinds([change({ status: "Pending-Reboot" })], beginning)).toEqual(["freezeWindows violated"]);
    const coming = freeze("2026-01-31T12:00:01Z", "2026-01-31T13:00:00Z");
    expect(kinds([change({ status: "Pending-Reboot" })], coming)).toEqual([]);
  });

  test("a modification without an end may have lasted into a later window, but not into the future", () => {
    const endless = [change({ endTime: null })];
    expect(kinds(endless, freeze("2026-01-31T11:00:00Z", "2026-01-31T11:30:00Z"))).toEqual([
      "freezeWindows unknown",
    ]);
    expect(kinds(endless, freeze("2026-01-31T12:00:01Z", "2026-01-31T12:30:00Z"))).toEqual([]);
    expect(kinds(endless, freeze("2026-01-31T09:00:00Z", "2026-01-31T09:30:00Z"))).toEqual([]);
  });

  test.each([
    ["no start", { startTime: null }],
    ["a start without a date", { startTime: "10:00" }],
    ["an end that cannot be read", { endTime: "later" }],
    ["an end before its start", { endTime: "2026-01-31T09:59:59Z" }],
    ["a start that has not come", { startTime: "2026-01-31T12:05:01Z", endTime: null }],
  ])("a modification with %s is unknown", (_, facts) => {
    const rules = freeze("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
    expect(kinds([change(facts)], rules)).toContain("freezeWindows unknown");
    expect(kinds([change(facts)], { within: "1d", maxChanges: 5 })).toEqual(["within unknown"]);
    expect(kinds([change(facts)], { maxChanges: 5 })).toEqual([]);
  });

  test("what is older than the window is not judged", () => {
    const rules: Rules = { ...freeze("2026-01-31T09:00:00Z", "2026-01-31T11:00:00Z"), within: "1h" };
    expect(kinds([change()], rules)).toEqual([]);
  });
});
