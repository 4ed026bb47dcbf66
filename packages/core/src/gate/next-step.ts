import { permissionText } from "../queries/permissions.ts";
import { catalogues } from "./rules/catalogues.ts";
import type { GateViolation } from "./verdict.types.ts";

type Step = Pick<GateViolation, "kind" | "rule" | "ruleId" | "code" | "query" | "found">;

/** What to do about a violated rule, by its id. */
const NEXT: ReadonlyMap<string, string> = new Map(
  Object.values(catalogues).flatMap(({ rules }) => rules.map(({ id, next }) => [id, next] as const)),
);

/** What to do about a violation: one sentence. */
export function nextStep({ kind, rule, ruleId, code, query, found }: Step): string {
  if (kind === "error") return errorStep(code, query);
  if (kind === "incomplete") return incompleteStep(found);
  if (rule === "subjects")
    return "See whether region, project and identity are right; where there is nothing to judge, leave the rules out.";
  if (rule === "status")
    return "Name the clusters or instances by their ids, or leave these out with except.";
  if (kind === "unknown") return unknownStep(rule, query);
  return NEXT.get(ruleId) ?? "Look into the records, or change the rule.";
}

// A reading says why it is not complete by a word of its own, which stays the same.
function incompleteStep(found: string): string {
  return /\b(?:no-total|total-mismatch): /.test(found)
    ? "Try again; if it stays so, tell the vendor: the service contradicts itself, or keeps its total to itself."
    : "Try again; if it stays so, see whether records are written all the time.";
}

function unknownStep(rule: string, query: string): string {
  if (rule === "clock")
    return "Set the clock that is wrong; where a cache answers in the service's place, let requests pass it.";
  if (rule === "readable" || rule === "within") return "Look at the times of the records, and at timeZone.";
  if (query === "dds_audit_logs") return "Look at the logs that do not say what the rule needs to know.";
  return query === "dws_audit_dump_records"
    ? "If you know what these records mean, name their values in successResults or failedResults, or set timeZone."
    : "If you know what these records mean, name their values in successStatuses or failedStatuses.";
}

function errorStep(code: string | undefined, query: string): string {
  switch (code) {
    case "ERR_FORBIDDEN":
      return `Grant the action ${permissionText(query) ?? "that the query needs"}.`;
    case "ERR_NOT_FOUND":
      return "See whether the id, the region and the project are right.";
    case "ERR_UNAUTHENTICATED":
    case "ERR_CONFIG":
      return "See whether the settings and credentials are right.";
    case "ERR_ARGUMENT":
    case "ERR_UNSUPPORTED":
      return "See whether this region offers the query, and whether the id is of the right kind.";
    default:
      return "Try again; if it stays so, see whether the service can be reached from here.";
  }
}
