import {
  type Client,
  type Evidence,
  evaluateGate,
  evidenceDigest,
  formatViolations,
  gateHeadline,
  gatePlaceLine,
  type GatePolicy,
  type GateVerdict,
  type ReadingDigest,
  violationsOf,
} from "@auditgate/core";
import type { dynamic } from "@pulumi/pulumi";
import { isGiven, SECRET_MARK, type Values } from "../arguments.ts";
import { scopedTo } from "../settings/clients.ts";
import { messageOf, redact, resourceError } from "../errors.ts";
import { checksIn, policyIn, storedIn } from "./arguments.ts";
import type { CheckedReading } from "./check.ts";
import { withoutPrint } from "../process/quiet.ts";
import { logger, runtimeClient } from "../process/runtime-client.ts";

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
    const client = scopedTo(props, runtimeClient(config));
    verdict = await judge(client, policyIn(props), checksIn(props));
  } catch (error) {
    throw withoutPrint(resourceError(NAME, redact(messageOf(error), secrets)));
  }
  const report = redact(
    `${gateHeadline(verdict)}\n\n${formatViolations(verdict)}\n\n${gatePlaceLine(verdict)}`,
    secrets,
  );
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
  const violations = [
    ...verdict.violations,
    ...checks.flatMap((check) => violationsOf(policy, check, check.findings)),
  ];
  const digest = digestOf([...verdict.evidence.readings, ...checks]);
  return {
    ...verdict,
    passed: violations.length === 0,
    blocking: violations.some((violation) => violation.blocking),
    violations,
    evidenceDigest: digest,
    evidence: { ...verdict.evidence, digest },
  };
}

function nothingAsked({ enforcement = "mandatory" }: GatePolicy): GateVerdict {
  const evidence: Evidence = { digest: digestOf([]), readings: [] };
  const facts = { passed: true, blocking: false, violations: [], evidenceDigest: evidence.digest };
  return { ...facts, enforcement, evidence, place: { region: null, projectId: null, identity: null } };
}

/** Digest of what was read: by the policy, by checks, or the same by both. */
function digestOf(readings: readonly ReadingDigest[]): string {
  const distinct = new Map(
    readings.map(({ query, subject, digest }) => [
      JSON.stringify([query, subject, digest]),
      { query, subject, digest },
    ]),
  );
  return evidenceDigest([...distinct.values()]);
}
