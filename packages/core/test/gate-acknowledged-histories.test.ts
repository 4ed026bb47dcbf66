import type { Acknowledgement } from "@auditgate/core";
import fc from "fast-check";
import { createAcceptor } from "../src/gate/acknowledged/acceptor.ts";
import { judgeChanges, judgeDumps, judgeLogs } from "../src/gate/judge.ts";
import { changeCases, dumpCases, logCases } from "./gate-reference/cases.ts";
import { changesPass } from "./gate-reference/changes.ts";
import { dumpsPass } from "./gate-reference/dumps.ts";
import { AT } from "./gate-reference/history.ts";
import {
  ACKNOWLEDGED_BY,
  gapStart,
  type Ledger,
  ledgerOf,
  NOTHING_ACKNOWLEDGED,
} from "./gate-reference/ledger.ts";
import { logsPass } from "./gate-reference/logs.ts";
import { tryMinute } from "./gate-reference/ruler.ts";

jest.setTimeout(600_000);

const SUBJECT = "a";
const DAYS = ["2026-02-20", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-09"] as const;

type Row = Readonly<Record<string, unknown>>;

const NOWHERE: Row = {
  executorTime: "2026-02-28T00:00:00",
  id: "x",
  endTime: "2026-02-28T00:00:00Z",
  nodeId: "n1",
};

interface Case<Given> {
  readonly given: Given;
  readonly records: readonly Row[];
  readonly acknowledged: readonly Acknowledgement[];
}

/** Histories with acknowledgements of what is in them, of what was in them, and of what never was. */
function acknowledgedCases<Given>(
  service: string,
  cases: fc.Arbitrary<{ readonly given: Given; readonly records: readonly object[] }>,
): fc.Arbitrary<Case<Given>> {
  const rules = Object.keys(ACKNOWLEDGED_BY).filter((rule) => rule.startsWith(service));
  return cases.chain(({ given, records: objects }) => {
    const records = objects as readonly Row[];
    const acknowledgement = fc
      .tuple(fc.constantFrom(...rules), fc.constantFrom(NOWHERE, ...records), fc.integer({ min: 0, max: 15 }))
      .chain(([rule, row, change]) =>
        fc.record({
          rule: fc.constant(rule),
          subject: fc.constant(change === 0 ? "b" : SUBJECT),
          record: fc.constant(changed(namesOf(rule, row), change)),
          reason: fc.constant("known"),
          since: fc.constantFrom(...DAYS.slice(0, 3), ...DAYS),
          until: fc.constantFrom(...DAYS.slice(2), ...DAYS),
        }),
      );
    return fc.record({
      given: fc.constant(given),
      records: fc.constant(records),
      acknowledged: fc.array(acknowledgement, { maxLength: 24 }),
    });
  });
}

/** What names a record, or the gap behind it, under a rule. */
function namesOf(rule: string, row: Row): Readonly<Record<string, string>> {
  const values: Row = { ...row, gapStart: gapStart(tryMinute(row["endTime"] as string | null, 0) ?? AT) };
  return Object.fromEntries((ACKNOWLEDGED_BY[rule] ?? []).map((name) => [name, String(values[name])]));
}

/** Rarely with a field too many, or too few. */
function changed(record: Readonly<Record<string, string>>, change: number): object {
  if (change === 1) return { ...record, id: "1", executorTime: "2026-02-28T00:00:00" };
  return change === 2 ? Object.fromEntries(Object.entries(record).slice(1)) : record;
}

/**
 * Whether cases were of use, where both said the same throughout: a property that always holds, or never for what is
 * acknowledged, would prove nothing.
 */
function compared<Given>(
  cases: fc.Arbitrary<Case<Given>>,
  judged: (each: Case<Given>, acknowledged: readonly Acknowledgement[]) => boolean,
  expected: (each: Case<Given>, ledger: Ledger) => boolean,
): string {
  const counts = { all: 0, passed: 0, opened: 0 };
  fc.assert(
    fc.property(cases, (each) => {
      const passed = judged(each, each.acknowledged);
      expect(passed).toBe(expected(each, ledgerOf(each.acknowledged, SUBJECT, AT)));
      counts.all++;
      if (passed) counts.passed++;
      if (passed && !expected(each, NOTHING_ACKNOWLEDGED)) counts.opened++;
    }),
  );
  const areOfUse = counts.passed / counts.all < 0.9 && counts.opened / counts.all > 0.002;
  return areOfUse ? "of use" : `prove little: ${JSON.stringify(counts)}`;
}

const trail = (records: readonly Row[]) => ({ records: records as never, at: AT * 60_000 });
const acceptor = (acknowledged: readonly Acknowledgement[]) =>
  createAcceptor(acknowledged, SUBJECT, AT * 60_000);

test("acknowledged dumps are judged as the reference judges them", () => {
  const cases = compared(
    acknowledgedCases("dws.dump", dumpCases()),
    ({ given, records }, acknowledged) =>
      judgeDumps(trail(records), given, acceptor(acknowledged)).length === 0,
    ({ given, records }, ledger) => dumpsPass(records as never, given, AT, ledger),
  );
  expect(cases).toBe("of use");
});

test("acknowledged parameter modifications are judged as the reference judges them", () => {
  const cases = compared(
    acknowledgedCases("dws.modification", changeCases()),
    ({ given, records }, acknowledged) =>
      judgeChanges(trail(records), given, acceptor(acknowledged)).length === 0,
    ({ given, records }, ledger) => changesPass(records as never, given, AT, ledger),
  );
  expect(cases).toBe("of use");
});

test("acknowledged audit logs are judged as the reference judges them", () => {
  const cases = compared(
    acknowledgedCases("dds.log", logCases()),
    ({ given, records }, acknowledged) =>
      judgeLogs(trail(records), given, acceptor(acknowledged)).length === 0,
    ({ given, records }, ledger) => logsPass(records as never, given, AT, ledger),
  );
  expect(cases).toBe("of use");
});
