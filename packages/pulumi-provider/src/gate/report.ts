import {
  formatAcknowledged,
  formatViolations,
  gateHeadline,
  gatePlaceLine,
  type GateVerdict,
} from "@auditgate/core";

/** What is told of a verdict; of its place, where something was looked at. */
export function reportOf(verdict: GateVerdict): string {
  const place = verdict.evidence.readings.length === 0 ? "" : gatePlaceLine(verdict);
  const parts = [formatViolations(verdict), formatAcknowledged(verdict), place];
  return [gateHeadline(verdict), ...parts.filter((part) => part !== "")].join("\n\n");
}

/** The place of a verdict that was found without looking anywhere. */
export const NOWHERE: GateVerdict["place"] = { region: null, projectId: null, identity: null };
