/** What this provider uses of core. The build makes a file of its own of it, which a launch does not load. */
export {
  AuditError,
  createClient,
  evaluateGate,
  formatAcknowledged,
  formatViolations,
  gateHeadline,
  gatePlaceLine,
  queries,
  read,
  readingId,
} from "@auditgate/core";
