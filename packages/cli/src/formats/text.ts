import { formatAcknowledged, formatViolations, gatePlaceLine } from "@auditgate/core";
import { headlineOf, targetHeadline } from "../headline.ts";
import type { Report } from "../report.ts";

/** The verdict for people: of each target what is wrong and what is acknowledged, and the outcome of all last. */
export function textReport({ verdict }: Report): string {
  const [first, ...others] = verdict.targets;
  const blocks = verdict.targets.flatMap((target) => [
    others.length > 0 ? targetHeadline(target) : "",
    formatViolations(target),
    formatAcknowledged(target),
  ]);
  const place = first && others.length === 0 ? `\n${gatePlaceLine(first)}` : "";
  return `${[...blocks.filter((text) => text !== ""), headlineOf(verdict) + place].join("\n\n")}\n`;
}
