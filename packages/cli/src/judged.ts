import type { FleetVerdict, GateViolation } from "@auditgate/core";
import { EXIT, type ExitCode } from "./exit-code.ts";

/** Whether all that was to be judged could be read, and completely. */
export function isWhole({ targets }: FleetVerdict): boolean {
  return !targets.some(({ violations }) => violations.some(isUnread));
}

/** The exit code of a verdict: of what blocks, something that was read decides before what could not be read. */
export function exitCodeOf({ blocking, targets }: FleetVerdict): ExitCode {
  if (!blocking) return EXIT.passed;
  const violations = targets.flatMap((target) => target.violations).filter((each) => each.blocking);
  return violations.every(isUnread) ? EXIT.unjudged : EXIT.closed;
}

/** Whether a violation is that something could not be read. */
export function isUnread({ kind }: Pick<GateViolation, "kind">): boolean {
  return kind === "error" || kind === "incomplete";
}
