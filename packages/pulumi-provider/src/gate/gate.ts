import { formatViolations, gateHeadline } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { refuseMistypedKeys } from "../settings/config-keys.ts";
import { redact, refuseUnknown } from "../errors.ts";
import { type AuditGateArgs, GATE_ARGUMENTS } from "./arguments.ts";
import { type GateNeeds, needsOf } from "./needs.ts";
import { GateRead } from "./read.ts";
import type { GateViolation } from "./types.ts";

// A symbol of the registry, for a program can hold two copies of this package (ES module and CommonJS).
const NEEDS = Symbol.for("@auditgate/pulumi-provider/needs");

/**
 * A gate: preview and up fail, with the reasons, while the audit trail is not as the policy demands. Resources with
 * `dependsOn: gate` are then left alone; {@link guardStack} makes all others of the stack depend on it.
 *
 * It is evaluated in every preview and up, with `--target` too. A policy with an unknown argument is not evaluated in
 * that preview; what is secret in it stays so. Violations of an advisory policy are warnings.
 */
export class AuditGate extends pulumi.ComponentResource {
  /** True where everything was read completely and nothing is violated. */
  readonly passed: pulumi.Output<boolean>;
  /** What is wrong, in the order of the policy: where the gate only warns. */
  readonly violations: pulumi.Output<GateViolation[]>;
  /** SHA-256 of the evidence [hex]: the same records of the same subjects have the same digest. */
  readonly evidenceDigest: pulumi.Output<string>;

  constructor(name: string, args: AuditGateArgs, opts: pulumi.ComponentResourceOptions = {}) {
    refuseUnknown("AuditGate", GATE_ARGUMENTS, args);
    refuseMistypedKeys();
    // Written down as the component's inputs, where policy packs can see them.
    const { checks = [], ...policy } = args;
    super("auditgate:index:AuditGate", name, { ...policy, checks: checks.map(({ rule }) => rule) }, opts);
    Object.defineProperty(this, NEEDS, { value: needsOf(this, args, opts) });
    const reading = new GateRead(name, args, { parent: this, dependsOn: opts.dependsOn });
    this.passed = reading.passed;
    this.violations = reading.violations;
    this.evidenceDigest = reading.evidenceDigest;
    warnOf(reading, this);
    this.registerOutputs({
      passed: this.passed,
      violations: this.violations,
      evidenceDigest: this.evidenceDigest,
    });
  }
}

/** What a gate waits for. @throws {RunError} for what is no gate. */
export function gateNeeds(gate: AuditGate): GateNeeds {
  const { [NEEDS]: needs }: { readonly [NEEDS]?: GateNeeds } = gate as object;
  if (needs) return needs;
  throw new pulumi.RunError("guardStack needs an AuditGate of @auditgate/pulumi-provider.");
}

function warnOf({ passed, violations, secrets }: GateRead, gate: AuditGate): void {
  pulumi.all([passed, violations, secrets]).apply(async ([known, found, texts]) => {
    if (known || !found?.length) return;
    const verdict = { passed: known, blocking: false, violations: found, evidenceDigest: "" };
    const headline = gateHeadline({
      ...verdict,
      enforcement: "advisory",
      evidence: { digest: "", readings: [] },
    });
    await pulumi.log.warn(redact(`${headline}\n\n${formatViolations(verdict)}`, texts ?? []), gate);
  });
}
