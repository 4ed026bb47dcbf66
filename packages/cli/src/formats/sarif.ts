import { createHash } from "node:crypto";
import { isAbsolute, relative, sep } from "node:path";
import type { JudgedViolation, TargetVerdict } from "@auditgate/core";
import type { Log, ReportingDescriptor, Result, Run } from "sarif";
import manifest from "../../package.json" with { type: "json" };
import { isUnread, isWhole } from "../judged.ts";
import { placeOf } from "../policy/policy-place.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "../report.ts";

/**
 * The verdict as SARIF 2.1.0, for code scanning: each violation at its line of the policy file. A run that could not
 * judge says so and has results; an empty list would close alerts that are still right.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report): string {
  const { verdict } = report;
  const results = verdict.targets.flatMap((target) =>
    target.violations.map((violation) => resultOf(report, target, violation)),
  );
  const run: Run = {
    tool: {
      driver: {
        name: "auditgate",
        version: manifest.version,
        rules: rulesOf(verdict.targets.flatMap(({ violations }) => violations)),
      },
    },
    invocations: [{ executionSuccessful: isWhole(verdict) }],
    columnKind: "utf16CodeUnits",
    results,
  };
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return jsonText(log);
}

function rulesOf(violations: readonly JudgedViolation[]): ReportingDescriptor[] {
  const rules = new Map(violations.map(({ ruleId, rule }) => [ruleId, rule]));
  return [...rules]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, rule]) => ({ id, name: rule, shortDescription: { text: rule } }));
}

function resultOf({ policy }: Report, target: TargetVerdict, violation: JudgedViolation): Result {
  const { ruleId, query, subject, message, blocking } = violation;
  const where = target.name === null ? subject : `${subject} in ${target.name}`;
  return {
    ruleId,
    level: blocking || isUnread(violation) ? "error" : "warning",
    message: { text: plain(`${where}: ${message}`) },
    partialFingerprints: {
      "auditgate/v1": createHash("sha256")
        .update(JSON.stringify([target.name, ruleId, query, subject]))
        .digest("hex"),
    },
    ...(policy && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: artifactOf(policy.path),
            region: regionOf(policy.positionOf(placeOf(policy, violation))),
          },
        },
      ],
    }),
  };
}

// A message's brackets are links, and its backslashes escape them.
function plain(text: string): string {
  return text.replaceAll(/[\\[\]]/g, (character) => `\\${character}`);
}

function artifactOf(path: string) {
  const inside = relative(process.cwd(), path);
  const parts = (inside.startsWith("..") || isAbsolute(inside) ? path : inside).split(sep);
  return { uri: parts.map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}

function regionOf({ line, column }: { readonly line: number; readonly column: number }) {
  return { startLine: line, startColumn: column };
}
