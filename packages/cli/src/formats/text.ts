import { formatAcknowledged, formatViolations, harmless, type TargetVerdict } from "@auditgate/core";
import { headlineOf, targetHeadline } from "../headline.ts";
import type { Report } from "../report.ts";

/** The verdict for people: a line for each target, its violations, and the outcome of all last. */
export function textReport({ verdict }: Report): string {
  const several = verdict.targets.length > 1;
  const blocks = verdict.targets.flatMap((target) => {
    const violations = formatViolations(target);
    const known = [...target.skipped.map(skippedLine), formatAcknowledged(target)]
      .filter((line) => line !== "")
      .join("\n");
    return [...(several ? [targetHeadline(target)] : []), violations, known].filter((text) => text !== "");
  });
  return `${[...blocks, headlineOf(verdict)].join("\n\n")}\n`;
}

function skippedLine({ subject, status }: TargetVerdict["skipped"][number]): string {
  return harmless(`skipped for its state: ${subject} ${status}`);
}
