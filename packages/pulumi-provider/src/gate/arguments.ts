import {
  type EvidenceOptions,
  evidenceOptions,
  fieldsOf,
  type GatePolicy,
  gatePolicy,
  type ProgramCheck,
  programCheck,
} from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { isGiven, type Values } from "../arguments.ts";
import type { GateCheck } from "./check.ts";
import type { GatePolicyArgs } from "./types.ts";

/** Arguments of `AuditGate`. */
export interface AuditGateArgs extends GatePolicyArgs {
  /** Rules of the program's own, made by `gateCheck`. They can stand alone. */
  readonly checks?: readonly GateCheck[] | undefined;
  /** Region to read in; the configured one if absent. */
  readonly region?: pulumi.Input<string | undefined>;
  /** ID of the project to read in; the configured one if absent, or the region's own. */
  readonly projectId?: pulumi.Input<string | undefined>;
  /**
   * Path of a file to write the evidence into, with every record that the policy has read, what checks have said and the
   * verdict, from the program's folder; none if absent. Written in every preview and up. A file that is there already is an error.
   */
  readonly evidenceFile?: pulumi.Input<string | undefined>;
  /** True: replace a file that is at the place of `evidenceFile`, such as that of the preview. */
  readonly replaceEvidence?: pulumi.Input<boolean | undefined>;
}

const POLICY = fieldsOf(gatePolicy).map(({ name }) => name);

/** Names of all arguments of a gate, but `checks`: what is known of them can be written down. */
const STORED_ARGUMENTS: readonly string[] = [...POLICY, "region", "projectId"];

const EVIDENCE = fieldsOf(evidenceOptions).map(({ name }) => name);

/** Names of all arguments of a gate. */
export const GATE_ARGUMENTS: readonly string[] = [...STORED_ARGUMENTS, "checks", ...EVIDENCE];

/** The policy among `values`. Core checks it, whatever it is. */
export function policyIn(values: Values): GatePolicy {
  return chosen(values, POLICY);
}

/** Where the evidence is to be written, among `values`. Core checks it, whatever it is. */
export function evidenceIn(values: Values): EvidenceOptions {
  return chosen(values, EVIDENCE);
}

/** The arguments among `values` that can be written down. */
export function storedIn(values: Values): Values {
  return chosen(values, STORED_ARGUMENTS);
}

/** Fails the program for checks that `gateCheck` has not made: nothing would judge them. */
export function refuseForeignChecks(checks: unknown): void {
  const isMade = (check: unknown) =>
    typeof check === "object" &&
    check !== null &&
    "checked" in check &&
    pulumi.Output.isInstance(check.checked);
  if (Array.isArray(checks) && checks.every(isMade)) return;
  throw new pulumi.RunError("checks of AuditGate must be a list of what gateCheck returns.");
}

/**
 * Fails the program where what is acknowledged is not in its text: an Output or a promise would let another resource
 * decide what closes the gate, unseen by whoever reviews the policy.
 */
export function refuseOutputs(acknowledged: unknown): void {
  if (acknowledged instanceof Promise || pulumi.Output.isInstance(acknowledged)) {
    throw new pulumi.RunError(
      "acknowledged of AuditGate must be written as it is: no Output and no promise, neither in it nor in its place.",
    );
  }
  if (typeof acknowledged !== "object" || acknowledged === null) return;
  for (const member of Object.values(acknowledged)) refuseOutputs(member);
}

/** What the checks have said, among `values`. */
export function checksIn({ checks }: Values): readonly ProgramCheck[] {
  return Array.isArray(checks) ? checks.map((check) => programCheck.parse(check)) : [];
}

/** Texts of the secret values inside `input`, wherever they stand; unknown while one of them is. */
export function secretsIn(input: unknown): pulumi.Output<readonly string[]> {
  if (pulumi.Output.isInstance(input) || input instanceof Promise) {
    const value = pulumi.output<unknown>(input);
    return pulumi
      .all([value, pulumi.isSecret(value)])
      .apply(([known, secret]) => (secret ? leavesOf(known) : []));
  }
  if (typeof input !== "object" || input === null) return pulumi.output([]);
  return pulumi.all(Object.values(input).map(secretsIn)).apply((found) => found.flat());
}

function leavesOf(value: unknown): readonly string[] {
  if (!isGiven(value)) return [];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leavesOf);
  return [typeof value === "string" ? value : JSON.stringify(value)];
}

// A state has null for what is absent, and Pulumi's own marks among the names.
function chosen(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    names.filter((name) => isGiven(values[name])).map((name) => [name, withoutNull(values[name])]),
  );
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => isGiven(member))
      .map(([name, member]) => [name, withoutNull(member)]),
  );
}
