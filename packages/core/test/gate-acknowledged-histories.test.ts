import fc from "fast-check";
import { createAcceptor } from "../src/gate/acknowledged/acceptor.ts";
import { judgeDumps } from "../src/gate/judge.ts";

jest.setTimeout(600_000);

const AT = Date.parse("2026-03-01T03:00:00Z");
const times = ["2026-02-28T01:00:00", "2026-02-28T02:00:00", "2026-02-28T03:00:00", null] as const;
const days = ["2026-02-20", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-09"] as const;

const dump = fc.record({
  clusterId: fc.constant("a"),
  executorTime: fc.constantFrom(...times),
  beginTime: fc.constant("2026-02-28T00:00:00"),
  endTime: fc.constant("2026-02-28T01:00:00"),
  bucketName: fc.constantFrom("audit", "audit", "other"),
  locationPrefix: fc.constant("dws"),
  result: fc.constantFrom("SUCCESS", "SUCCESS", "FAILED", "?"),
  failedReason: fc.constantFrom(null, null, "full"),
});
const acknowledgement = fc.record({
  rule: fc.constantFrom("dws.dump.max-failures", "dws.dump.max-failures", "dws.dump.bucket-name"),
  subject: fc.constantFrom("a", "a", "a", "b"),
  record: fc.record({ executorTime: fc.constantFrom(...times.filter((time) => time !== null)) }),
  reason: fc.constant("known"),
  since: fc.constantFrom(...days),
  until: fc.constantFrom(...days),
});

test("acknowledgements accept what they name, once each, while they last, and nothing else", () => {
  const counts = { passed: 0, accepted: 0 };
  const cases = fc.tuple(
    fc.array(dump, { maxLength: 5 }),
    fc.array(acknowledgement, { maxLength: 5 }),
    fc.integer({ min: 0, max: 2 }),
  );
  fc.assert(
    fc.property(cases, ([records, acknowledged, maxFailures]) => {
      const rules = { maxFailures, bucketName: "audit", failedResults: ["FAILED"] };
      const judged = (all: typeof acknowledged) =>
        judgeDumps({ records, at: AT }, rules, createAcceptor(all, "a", AT)).length === 0;
      const passed = judged(acknowledged);
      if (passed) counts.passed++;
      if (passed && !judged([])) counts.accepted++;
      // By hand: of each rule, what is against it, less one for each acknowledgement of it that is in force.
      const left = (rule: string, against: typeof records) => {
        const named = acknowledged
          .filter((each) => each.rule === rule && each.subject === "a")
          .filter(({ since, until }) => since <= "2026-03-01" && until >= "2026-03-01")
          .map(({ record }) => record.executorTime as string | null);
        return against.filter(({ executorTime }) => {
          const index = named.indexOf(executorTime);
          if (index !== -1) named.splice(index, 1);
          return index === -1;
        });
      };
      const isFailed = (row: (typeof records)[number]) =>
        row.failedReason !== null || row.result === "FAILED";
      const isUnknown = (row: (typeof records)[number]) => !isFailed(row) && row.result === "?";
      const failed = records.filter(isFailed);
      // What is unknown is never in order; only where too many have failed, failures are looked at one by one.
      const known = left("dws.dump.max-failures", [
        ...records.filter(isUnknown),
        ...(failed.length > maxFailures ? failed : []),
      ]);
      const expected =
        !known.some(isUnknown) &&
        known.filter(isFailed).length <= maxFailures &&
        left(
          "dws.dump.bucket-name",
          records.filter(({ bucketName }) => bucketName !== "audit"),
        ).length === 0;
      expect(passed).toBe(expected);
    }),
  );
  expect(counts.passed).toBeGreaterThan(100);
  expect(counts.accepted).toBeGreaterThan(20);
});
