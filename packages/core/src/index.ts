export { type Client, createClient, describeSettings } from "./client.ts";
export type { SettingDescription } from "./settings/describe.ts";
export type { ClientOptions, Scope } from "./settings/options.ts";
export type {
  AssumeRole,
  Credentials,
  FederatedCredentials,
  KeyCredentials,
  PasswordCredentials,
  StaticCredentials,
  TokenCredentials,
} from "./settings/identity/credentials.ts";
export { AuditError, type AuditErrorCode, type AuditErrorDetails, isAuditError } from "./errors.ts";
export type { LogFields, Logger, Waiting } from "./logger.ts";
export { type Completion, type Page, type PageOptions, pages } from "./reading/pages.ts";
export type { Query, Service } from "./queries/query.ts";
export { ddsAuditLogs } from "./queries/dds-audit-logs.ts";
export type {
  DdsAuditLogsArgs,
  DdsAuditLogsRecord,
  DdsAuditLogsSummary,
} from "./queries/dds-audit-logs.types.ts";
export { dwsAuditDumpRecords } from "./queries/dws-audit-dump-records.ts";
export type {
  DwsAuditDumpRecordsArgs,
  DwsAuditDumpRecordsRecord,
  DwsAuditDumpRecordsSummary,
} from "./queries/dws-audit-dump-records.types.ts";
export { ddsInstances } from "./queries/dds-instances.ts";
export type {
  DdsInstancesArgs,
  DdsInstancesRecord,
  DdsInstancesSummary,
} from "./queries/dds-instances.types.ts";
export { dwsClusters } from "./queries/dws-clusters.ts";
export type { DwsClustersArgs, DwsClustersRecord, DwsClustersSummary } from "./queries/dws-clusters.types.ts";
export { dwsParameterModificationRecords } from "./queries/dws-parameter-modification-records.ts";
export type {
  DwsParameterModificationRecordsArgs,
  DwsParameterModificationRecordsRecord,
  DwsParameterModificationRecordsSummary,
} from "./queries/dws-parameter-modification-records.types.ts";
export {
  read,
  type Reading,
  type ReadOptions,
  type SummaryOptions,
  type SummaryReading,
} from "./reading/read.ts";
export { type RecordOptions, records } from "./reading/records.ts";
export type { DatesProblem, ServiceDates } from "./reading/service-dates.ts";

// Gates.
export {
  type CheckedReading,
  checkDdsAuditLogs,
  checkDwsAuditDumpRecords,
  checkDwsParameterModificationRecords,
} from "./gate/check.ts";
export { evaluateGate, type JudgedTrail } from "./gate/evaluate.ts";
export type { EvaluateOptions } from "./gate/evaluate-options.ts";
export type { Evidence, EvidenceReading, GatePlace } from "./gate/evidence/evidence.ts";
export type { EvidenceOptions } from "./gate/evidence/evidence-options.types.ts";
export type { Finding } from "./gate/trail/finding.ts";
export {
  formatAcknowledged,
  formatViolations,
  gateHeadline,
  gatePlaceLine,
  type Headlined,
} from "./gate/format.ts";
export { gatePolicy } from "./gate/policy/policy.ts";
export type {
  Acknowledgement,
  DdsAuditLogsRules,
  DwsAuditDumpRecordsRules,
  DwsParameterModificationRecordsRules,
  GatePolicy,
} from "./gate/policy/policy.types.ts";
export { validatePolicy } from "./gate/policy/validate-policy.ts";
export { gateAcknowledged, gateFacts, gateSkipped, gateViolation, type GateVerdict } from "./gate/verdict.ts";
export type { GateAcknowledged, GateFacts, GateSkipped, GateViolation } from "./gate/verdict.types.ts";
export {
  type CheckedEvidence,
  type EvidenceCheck,
  type ExpectedDigests,
  type StatedCheck,
  verifyEvidence,
} from "./gate/verify/verify-evidence.ts";
export { type DatedReading, readDated } from "./reading/read.ts";

// Policy files and fleets.
export { evaluateFleet } from "./fleet/evaluate-fleet.ts";
export { policyDigestOf } from "./fleet/policy-digest.ts";
export type { FleetOptions, FleetProgress, FleetTrail } from "./fleet/fleet-options.ts";
export { fleetSubjects, type FleetSubject } from "./fleet/fleet-subjects.ts";
export type {
  Acknowledgeable,
  FleetVerdict,
  JudgedReading,
  JudgedViolation,
  TargetVerdict,
} from "./fleet/fleet-verdict.types.ts";
export { judgeSlice, type SliceOptions } from "./fleet/slices/judge-slice.ts";
export { joinSlices } from "./fleet/slices/join-slices.ts";
export type { FleetPlan, FleetSlice, SliceSubject, TargetPlan } from "./fleet/slices/fleet-plan.ts";
export { planFleet, type PlanOptions } from "./fleet/slices/plan-fleet.ts";
export { mergeVerdicts } from "./fleet/merge-verdicts.ts";
export { parseFleetVerdict, type VerdictFile, verdictFile } from "./fleet/verdict-file.ts";
export type { Shard } from "./fleet/shard.ts";
export type { Lane, Span, SpanState, Timeline } from "./timeline/timeline.ts";
export { timelineOf } from "./timeline/timeline-of.ts";
export { loadPolicy } from "./policy-file/load-policy.ts";
export {
  type CheckedPolicyFile,
  checkPolicyFile,
  type FleetPolicy,
  type PolicyFile,
} from "./policy-file/policy-file.ts";
export type { Target } from "./policy-file/target.ts";

// The first minute with an account.
export { diagnoseFleet, type DiagnoseOptions } from "./doctor/diagnose-fleet.ts";
export type { Diagnosis, DiagnosisStep, IamPolicy } from "./doctor/diagnosis.ts";

// For adapters.
export { judgeChecks } from "./gate/checks/judge-checks.ts";
export {
  checkRuleId,
  identityOf,
  type ProgramCheck,
  programCheck,
  type RecordAgainst,
  type TimedCheck,
} from "./gate/checks/program-check.ts";
export type { Seen } from "./gate/trail/seen.ts";
export { evidenceDigest, type ReadingDigest } from "./gate/evidence/evidence.ts";
export { evidenceOptions } from "./gate/evidence/evidence-options.ts";
export { ruleIdOf } from "./gate/rules/rule-id.ts";
export { ruleNamesOf } from "./gate/rules/rule-names.ts";
export { violationsOf } from "./gate/violation.ts";
export { environmentName } from "./settings/layer.ts";
export { readingId } from "./reading/digest.ts";
export { harmless } from "./texts/harmless.ts";
export { nearestTo } from "./texts/nearest.ts";
export { createRedaction, type Redaction } from "./texts/redaction.ts";
export { type Field, fieldsOf, type Kind, snakeCase } from "./field.ts";
export { tryParseDuration, tryParseInstant } from "./instant.ts";
export { queries } from "./queries/index.ts";
export { readingArguments, readingFacts } from "./reading/reading.ts";
export type { ReadingArguments, ReadingFacts } from "./reading/reading.types.ts";
export { settings } from "./settings/settings.ts";
export type { Settings } from "./settings/settings.types.ts";
export type { Window } from "./reading/window.ts";
