import {
  evidenceDigest as digestOf,
  type GatePolicy,
  type GateVerdict,
  judgeChecks,
  type ProgramCheck,
  queries,
  validatePolicy,
} from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { isGiven, type Values } from "../arguments.ts";
import { NAMESPACE } from "../settings/config.ts";
import { NOWHERE } from "./report.ts";
import type { GateViolation } from "./types.ts";

interface Answer {
  readonly passed?: boolean;
  readonly violations?: readonly Partial<GateViolation>[];
  readonly evidenceDigest?: string;
}

/**
 * What the mocks of a unit test say of a policy, for the function `auditgate:index:evaluateGate`: `passed`, or what is
 * wrong in `violations`, of which a `rule` is enough. The gate has passed where they say neither. Checks are judged, and what is
 * acknowledged of them by the machine's clock; the mocks are not asked where these stand alone.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy that is malformed, as without mocks.
 */
export async function mockedVerdict(
  policy: GatePolicy,
  checks: readonly ProgramCheck[],
  args: Values,
): Promise<GateVerdict> {
  const checked = validatePolicy(policy, checks);
  const { enforcement = "mandatory" } = checked;
  // Of the rules, the mocks say what they will: nobody knows what was acknowledged.
  const acknowledged = checked.acknowledged?.filter(({ rule }) => rule.startsWith("check."));
  const servedAt = new Date().toISOString();
  const found = judgeChecks({ ...checked, acknowledged }, checks, servedAt);
  const given: Values = { ...policy };
  const asked = Object.keys(queries).some((query) => isGiven(given[query]));
  const answer: Answer = asked
    ? ((await pulumi.runtime.invoke(`${NAMESPACE}:index:evaluateGate`, { ...args })) ?? {})
    : {};
  const closed = answer.passed === false ? [{}] : [];
  const blocking = enforcement === "mandatory";
  const mocked = (answer.violations ?? closed).map((each): GateViolation => ({
    ...MOCKED,
    blocking,
    ...each,
  }));
  const violations = [...mocked, ...found.violations];
  const { evidenceDigest = digestOf(checks) } = answer;
  return {
    ...found,
    passed: violations.length === 0,
    enforcement,
    blocking: violations.some((each) => each.blocking),
    violations,
    evidenceDigest,
    verdictDigest: evidenceDigest,
    evidence: {
      digest: evidenceDigest,
      readings: [],
      checks: checks.map((check) => ({ ...check, servedAt })),
    },
    place: NOWHERE,
  };
}

const MOCKED = {
  rule: "mocked",
  ruleId: "mocked",
  query: "mocked",
  subject: "mocked",
  kind: "violated",
  message: "The mocks say that the gate has not passed.",
  expected: "mocks that let it pass",
  found: "otherwise",
  records: [],
  next: "Look into the mocks.",
} satisfies Omit<GateViolation, "blocking">;
