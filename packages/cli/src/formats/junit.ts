import {
  formatViolations,
  harmless,
  type JudgedReading,
  type JudgedViolation,
  type TargetVerdict,
} from "@auditgate/core";
import exported, { type Builder, type TestSuite } from "junit-report-builder";
import type { Report } from "../report.ts";

/**
 * The verdict as JUnit XML: a suite for each target, a case for each audit trail. A violation is a failure, a trail
 * that could not be read or not completely is an error, and what only warns is told on the case's output.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/tree/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd
 */
export function junitReport({ verdict }: Report): string {
  const report = builder.newBuilder();
  for (const target of verdict.targets) addSuite(report, target);
  // The schema has this attribute on suites alone.
  return `${report
    .build()
    .trimEnd()
    .replace(/(<testsuites [^<>]*?) skipped="\d+"/, "$1")}\n`;
}

// Its types tell of a default export, as bundlers see it; for Node.js what it exports is the builder itself.
const builder = exported as unknown as Builder;

function addSuite(report: Builder, target: TargetVerdict): void {
  const suite = report.testSuite().name(xmlText(target.name ?? "auditgate"));
  for (const reading of target.readings) {
    addCase(
      suite,
      reading,
      target.violations.filter(({ position }) => position === reading.position),
    );
  }
  const known = new Set(target.readings.map(({ position }) => position));
  for (const violation of target.violations.filter(({ position }) => !known.has(position))) {
    addCase(suite, violation, [violation]);
  }
}

function addCase(
  suite: TestSuite,
  { query, subject }: Pick<JudgedReading, "query" | "subject">,
  violations: readonly JudgedViolation[],
): void {
  const each = suite.testCase().className(xmlText(query)).name(xmlText(subject));
  const blocking = violations.filter((violation) => violation.blocking);
  const warnings = violations.filter((violation) => !violation.blocking);
  if (warnings.length > 0) each.standardOutput(xmlText(formatViolations({ violations: warnings })));
  const [first] = blocking;
  if (!first) return;
  const message = xmlText(harmless(blocking.map(({ rule, message: text }) => `${rule}: ${text}`).join(" ")));
  const details = xmlText(formatViolations({ violations: blocking }));
  if (blocking.every(({ kind }) => kind === "error" || kind === "incomplete")) {
    each.error(message, first.code ?? first.kind, details);
  } else {
    each.failure(message, first.ruleId);
    each.stacktrace(details);
  }
}

/** Without what XML has no form for, and without the end of a CDATA section, which the writer does not escape. */
function xmlText(text: string): string {
  const known = text.toWellFormed().replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return known.replaceAll("]]>", "]] >");
}
