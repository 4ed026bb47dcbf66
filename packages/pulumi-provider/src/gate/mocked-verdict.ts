import { type GatePolicy, type GateVerdict, validatePolicy } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import type { Values } from "../arguments.ts";
import { NAMESPACE } from "../settings/config.ts";
import { NOWHERE } from "./judge.ts";
import type { GateViolation } from "./types.ts";

interface Answer {
  readonly passed?: boolean;
  readonly violations?: readonly Partial<GateViolation>[];
  readonly evidenceDigest?: string;
}

/**
 * What the mocks of a unit test say of a policy, for the function `auditgate:index:evaluateGate`: `passed`, or what is
 * wrong in `violations`, of which a `rule` is enough. The gate has passed where they say neither.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy that is malformed, as without mocks.
 */
export async function mockedVerdict(policy: GatePolicy, args: Values): Promise<GateVerdict> {
  const { enforcement = "mandatory" } = validatePolicy(policy);
  const answer: Answer = (await pulumi.runtime.invoke(`${NAMESPACE}:index:evaluateGate`, { ...args })) ?? {};
  const closed = answer.passed === false ? [{}] : [];
  const blocking = enforcement === "mandatory";
  const violations = (answer.violations ?? closed).map((each): GateViolation => ({
    ...MOCKED,
    blocking,
    ...each,
  }));
  const { evidenceDigest = "" } = answer;
  return {
    passed: violations.length === 0,
    enforcement,
    blocking: violations.some((each) => each.blocking),
    violations,
    acknowledged: [],
    skipped: [],
    warnings: [],
    evidenceDigest,
    verdictDigest: evidenceDigest,
    evidence: { digest: evidenceDigest, readings: [] },
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
