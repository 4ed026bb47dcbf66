import { formatViolations, gateHeadline, gatePlaceLine } from "./format.ts";
import { nextStep } from "./next-step.ts";
import { catalogues } from "./rules/catalogues.ts";
import type { GateVerdict } from "./verdict.ts";
import type { GateViolation } from "./verdict.types.ts";

function violation(given: Partial<GateViolation> = {}): GateViolation {
  const facts = {
    rule: "maxFailures",
    query: "dws_audit_dump_records",
    subject: "c1",
    kind: "violated" as const,
    blocking: true,
    message: "",
    expected: "at most 0 failed dumps",
    found: "1 failed dump",
    records: ['result="FAILED"'],
    ...given,
  };
  const { rule, query } = facts;
  const own = Object.values(catalogues).find((catalogue) => catalogue.query === query);
  const ruleId = own?.rules.find(({ name }) => name === rule)?.id ?? rule;
  return { ...facts, ruleId, next: nextStep({ ...facts, ruleId }) };
}

const format = (...violations: readonly GateViolation[]) => formatViolations({ violations });

test("names rule, subject, what is expected and found, the records and the next step", () => {
  expect(format(violation())).toBe(`maxFailures: audit-log dumps of DWS cluster c1
  expected  at most 0 failed dumps
  found     1 failed dump
  record    result="FAILED"
  next      Look into the failure reasons, and run those dumps again.`);
  expect(format()).toBe("");
});

test("one finding of several rules is told once, and so is one error of several subjects", () => {
  const unknown = violation({ kind: "unknown" });
  expect(format(unknown, { ...unknown, rule: "maxAge" })).toMatch(
    /^maxFailures, maxAge: audit-log dumps of DWS cluster c1\n/,
  );
  const errors = Array.from({ length: 8 }, (_, index) =>
    violation({
      rule: "readable",
      kind: "error",
      code: "ERR_FORBIDDEN",
      subject: `c${index}`,
      message: `${index}`,
      found: `ERR_FORBIDDEN: no (request ${index}ab)`,
      records: [],
    }),
  );
  const text = format(...errors);
  expect(text).toMatch(/^readable: audit-log dumps of DWS cluster c0, c1, c2, c3, c4 and 3 more\n/);
  expect(text).toContain("Grant the action dws:cluster:listAuditLog.");
  expect(text.split("\n\n")).toHaveLength(1);
});

test("what differs is told one by one, up to twenty, and then counted", () => {
  const many = Array.from({ length: 25 }, (_, index) => violation({ subject: `c${index}` }));
  expect(format(...many).split("\n\n")).toHaveLength(21);
  expect(format(...many)).toMatch(/… and 5 more violations like these or others$/);
});

test("what only warns says so", () => {
  expect(format(violation({ blocking: false }))).toMatch(/^[^\n]* c1 \(a warning only\)\n/);
});

test.each([
  ["rule", violation({ rule: "x\n::error::y" })],
  ["subject", violation({ subject: "x\n::error::y" })],
  ["query", violation({ query: "x\n::error::y" })],
  ["found", violation({ found: "x\n::error::y" })],
  ["expected", violation({ expected: "x\r##[error]y" })],
  ["record", violation({ records: ["x\u001b]0;y\u0007\n::add-mask::z"] })],
])("a %s from strangers is harmless", (_, given) => {
  expect(format(given)).not.toMatch(/::(error|add-mask)|##\[|[^\n\u0020-\uffff]/);
  expect(
    format(given)
      .split("\n")
      .slice(1)
      .every((line) => line.startsWith("  ")),
  ).toBe(true);
});

test.each<[Partial<GateViolation>, RegExp]>([
  [
    { kind: "error", rule: "readable", code: "ERR_FORBIDDEN", query: "dds_audit_logs" },
    /dds:instance:listAuditLog/,
  ],
  [
    {
      kind: "error",
      rule: "readable",
      code: "ERR_FORBIDDEN",
      query: "dws_parameter_modification_records",
    },
    /dws:cluster:listHistoryConfig/,
  ],
  [{ kind: "error", rule: "readable", code: "ERR_NOT_FOUND" }, /the id, the region and the project/],
  [{ kind: "error", rule: "readable", code: "ERR_UNAUTHENTICATED" }, /credentials/],
  [{ kind: "error", rule: "readable", code: "ERR_ARGUMENT" }, /of the right kind/],
  [{ kind: "error", rule: "readable", code: "ERR_TIMEOUT" }, /Try again/],
  [{ kind: "incomplete", rule: "complete", found: "a reading (no-total: …)" }, /tell the vendor/],
  [{ kind: "incomplete", rule: "complete", found: "a reading (total-mismatch: …)" }, /tell the vendor/],
  [{ kind: "incomplete", rule: "complete", found: "a reading (shifting-pages: …)" }, /written all the time/],
  [{ kind: "unknown", rule: "within" }, /timeZone/],
  [{ kind: "unknown", rule: "maxAge" }, /successResults/],
  [{ kind: "unknown", query: "dws_parameter_modification_records" }, /successStatuses/],
  [{ kind: "unknown", rule: "nodeIds", query: "dds_audit_logs" }, /do not say/],
  [{ rule: "maxGap" }, /dumps are on/],
  [{ rule: "maxGap", query: "dds_audit_logs" }, /auditing is on/],
  [{ rule: "noPending", query: "dws_parameter_modification_records" }, /restart the cluster/],
  [{ rule: "another" }, /change the rule/],
])("the next step after %j", (facts, step) => {
  expect(format(violation(facts)).split("\n").at(-1)).toMatch(step);
});

test("the headline of a gate that has passed, and a line of its own otherwise, say where it looked", () => {
  const evidence = { digest: "", readings: [] };
  const place = { region: "eu-de", projectId: "p1", identity: 'profile "a\u001b" in /f' };
  const passed = { passed: true, blocking: false, violations: [], evidenceDigest: "", evidence };
  expect(gateHeadline({ ...passed, enforcement: "mandatory", place })).toBe(
    'The gate has passed: 0 audit trails in order, project p1 in eu-de, signed in by profile "a\\u001b" in /f',
  );
  expect(gatePlaceLine({ place })).toBe(
    'Looked at project p1 in eu-de, signed in by profile "a\\u001b" in /f.',
  );
  expect(gatePlaceLine({ place: { region: null, projectId: null, identity: null } })).toBe(
    "Looked at no known project, not signed in.",
  );
});

test("the headline says whether the gate is closed", () => {
  const evidence = { digest: "", readings: [] };
  const verdict: Omit<GateVerdict, "place"> = {
    passed: true,
    blocking: false,
    enforcement: "mandatory",
    violations: [],
    acknowledged: [],
    skipped: [],
    warnings: [],
    evidenceDigest: "",
    verdictDigest: "",
    evidence,
  };
  const violated = { ...verdict, passed: false, violations: [violation()] };
  expect([
    gateHeadline(verdict),
    gateHeadline({ ...violated, blocking: true }),
    gateHeadline(violated),
  ]).toEqual([
    "The gate has passed: 0 audit trails in order",
    "The gate is closed: 1 violation",
    "The gate has not passed, but only warns: 1 violation (dws.dump.max-failures of c1)",
  ]);
});

test("a headline of warnings has rules and subjects, for engines show one of several that are alike", () => {
  const evidence = { digest: "", readings: [] };
  const facts = {
    passed: false,
    blocking: false,
    enforcement: "advisory",
    evidenceDigest: "",
    evidence,
  } as const;
  const many = ["c1", "c2", "c3", "c4", "c5"].map((subject) => violation({ subject, blocking: false }));
  expect(gateHeadline({ ...facts, violations: many })).toBe(
    "The gate has not passed, but only warns: 5 violations (dws.dump.max-failures of c1, dws.dump.max-failures of c2, dws.dump.max-failures of c3 and 2 more)",
  );
});

test("a headline of a gate that has passed says where there was no dump at all", () => {
  const reading = (subject: string, query: string, count: number) => ({
    query,
    subject,
    arguments: {},
    region: null,
    projectId: null,
    servedAt: null,
    requestIds: [],
    complete: true,
    reason: null,
    count,
    digest: "",
  });
  const readings = [
    reading("c1", "dws_audit_dump_records", 0),
    reading("c2", "dws_audit_dump_records", 4),
    reading("c3", "dws_parameter_modification_records", 0),
  ];
  const facts = {
    passed: true,
    blocking: false,
    enforcement: "mandatory",
    violations: [],
    evidenceDigest: "",
  } as const;
  expect(gateHeadline({ ...facts, evidence: { digest: "", readings } })).toBe(
    "The gate has passed: 3 audit trails in order, but no dump at all of c1; add maxAge",
  );
});

test("two records are told, and how many more there are; alike violations say how many they are", () => {
  const records = ["a", "b", "c", "d", "e"];
  const text = format(violation({ records }), violation({ records, rule: "maxAge" }));
  expect(text.match(/^ {2}record /gm)).toHaveLength(2);
  expect(text).toContain("… and 3 more in the outputs");
  expect(text).toMatch(/^ {2}alike {5}2 violations$/m);
});
