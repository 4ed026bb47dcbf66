import { createHash } from "node:crypto";
import {
  type Client,
  type Evidence,
  evaluateGate,
  formatViolations,
  gateHeadline,
  type GatePolicy,
  type GateVerdict,
  type GateViolation,
} from "@auditgate/core";
import type { dynamic } from "@pulumi/pulumi";
import { isGiven, scopeOf, SECRET_MARK, type Values } from "./arguments.ts";
import { clientOf } from "./clients.ts";
import { NAMESPACE, settingsFrom } from "./config.ts";
import { messageOf, redact, resourceError } from "./errors.ts";
import { checksIn, policyIn, storedIn } from "./gate-arguments.ts";
import type { CheckedReading } from "./gate-check.ts";
import { withoutPrint } from "./quiet.ts";

// Goes to stderr, which Pulumi shows among the diagnostics; stdout is the protocol.
const logger = { debug() {}, warn: (message: string) => console.error(`warning: ${message}`) };

/**
 * Evaluates a gate, in Pulumi's provider process. Fails where it is closed; in a refresh, which deploys nothing, it
 * only says and records so. Called by the providers in every stack's state, so neither its name nor its parameters
 * change.
 *
 * @param props - Arguments of the gate; in a refresh, what the state has, which includes an earlier verdict.
 */
export async function readGate(
  config: dynamic.Config | undefined,
  id: string,
  props: Values,
): Promise<{ id: string; props: Values }> {
  const refreshed = isGiven(props["evidenceDigest"]);
  const mark = props[SECRET_MARK];
  const secrets: readonly unknown[] = Array.isArray(mark) ? mark : [];
  let verdict: GateVerdict;
  try {
    const client = clientOf(
      settingsFrom((name) => config?.get(`${NAMESPACE}:${name}`)),
      logger,
    );
    const scope = scopeOf(props);
    const scoped = Object.keys(scope).length === 0 ? client : client.with(scope);
    verdict = await judge(scoped, policyIn(props), checksIn(props));
  } catch (error) {
    throw withoutPrint(resourceError(NAME, redact(messageOf(error), secrets)));
  }
  const report = redact(`${gateHeadline(verdict)}\n\n${formatViolations(verdict)}`, secrets);
  if (verdict.blocking && !refreshed) throw withoutPrint(resourceError(NAME, report));
  if (!verdict.passed && refreshed) logger.warn(report);
  const { passed, blocking, violations, evidenceDigest } = verdict;
  const checks = checksIn(props);
  const found = { passed, blocking, violations, evidenceDigest };
  return {
    id,
    props: { ...storedIn(props), checks, ...found, ...(isGiven(mark) && { [SECRET_MARK]: mark }) },
  };
}

const NAME = "auditGate";

/** The verdict on a policy, and on what the program's own checks have found. */
async function judge(
  client: Client,
  policy: GatePolicy,
  checks: readonly CheckedReading[],
): Promise<GateVerdict> {
  const { dwsAuditDumpRecords, dwsParameterModificationRecords, ddsAuditLogs } = policy;
  const alone =
    checks.length > 0 && !dwsAuditDumpRecords && !dwsParameterModificationRecords && !ddsAuditLogs;
  const verdict = alone ? nothingAsked(policy) : await evaluateGate(client, policy);
  if (checks.length === 0) return verdict;
  const violations = [...verdict.violations, ...checks.flatMap((check) => violationsOf(policy, check))];
  const evidenceDigest = digestOf([...verdict.evidence.readings, ...checks]);
  return {
    ...verdict,
    passed: violations.length === 0,
    blocking: violations.some((violation) => violation.blocking),
    violations,
    evidenceDigest,
    evidence: { ...verdict.evidence, digest: evidenceDigest },
  };
}

function nothingAsked({ enforcement = "mandatory" }: GatePolicy): GateVerdict {
  const evidence: Evidence = { digest: digestOf([]), readings: [] };
  const facts = { passed: true, blocking: false, violations: [], evidenceDigest: evidence.digest };
  return { ...facts, enforcement, evidence };
}

function violationsOf(
  { enforcement, onError }: GatePolicy,
  { query, subject, findings }: CheckedReading,
): readonly GateViolation[] {
  return findings.map(({ rule, ...finding }) => {
    const softened = onError === "warn" && finding.kind === "incomplete";
    return { rule, query, subject, ...finding, blocking: enforcement !== "advisory" && !softened };
  });
}

/** The digest that core's evidence of these readings would have. */
function digestOf(readings: readonly Pick<CheckedReading, "query" | "subject">[]): string {
  const lines = readings.map((reading) => {
    const {
      query,
      subject,
      digest = null,
    }: { query: string; subject: string; digest?: string | null } = reading;
    return JSON.stringify([query, subject, digest]);
  });
  const hash = createHash("sha256");
  for (const line of [...new Set(lines)].toSorted()) hash.update(line).update("\n");
  return hash.digest("hex");
}
