import { harmless } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { isMocked } from "../mocks.ts";
import { refuseUnknown } from "../errors.ts";
import { refuseUnsuitable } from "../options.ts";
import { refuseMistypedKeys } from "../settings/config-keys.ts";
import { PULUMI_OPTIONS } from "../settings/pulumi-options.ts";
import { type AuditGateArgs, GATE_ARGUMENTS, refuseForeignChecks, refuseOutputs } from "./arguments.ts";
import { closing } from "./closing.ts";
import { type GateNeeds, needsOf } from "./needs.ts";
import { type GateOutcome, type GateOutputs, outcomeOf } from "./outcome.ts";
import type { GateAcknowledged, GateSkipped, GateViolation } from "./types.ts";

/** What guards know of a gate. */
export interface GateLink {
  readonly needs: GateNeeds;
  /** Settles when the gate lets through, or cannot be judged in this preview. */
  passage(): Promise<void>;
  /** Whether all that it waits for is there. */
  isKnown(): boolean;
}

// A symbol of the registry, for a program can hold two copies of this package (ES module and CommonJS).
const LINK = Symbol.for("@auditgate/pulumi-provider/gate");
const JUDGE = Symbol("judge");

/** The type of a gate, as a state has it. */
export const GATE_TYPE = "auditgate:index:AuditGate";

interface Judging {
  readonly needs: GateNeeds;
  readonly outcome: Promise<GateOutcome>;
  isKnown(): boolean;
}

/**
 * A gate: preview and up fail, with the reasons, while the audit trail is not as the policy demands. Resources with
 * `dependsOn: gate` are then left alone; {@link guardStack} makes all others of the stack depend on it. A gate is no
 * parent of resources.
 *
 * It is judged in every preview and up, with `--target` too, by the program itself. A policy with an unknown argument
 * is not judged in a preview, and fails an update; what is secret in it stays so. Violations of an advisory policy are
 * warnings.
 */
export class AuditGate extends pulumi.ComponentResource<GateOutputs> {
  /** True where everything was read completely and nothing is violated. */
  readonly passed: pulumi.Output<boolean>;
  /** What is wrong, in the order of the policy: where the gate only warns. */
  readonly violations: pulumi.Output<GateViolation[]>;
  /** SHA-256 of the evidence [hex]: the same records of the same subjects have the same digest. */
  readonly evidenceDigest: pulumi.Output<string>;
  /** What did not count because the policy acknowledges it; the gate has passed with these. */
  readonly acknowledged: pulumi.Output<GateAcknowledged[]>;
  /** Clusters and instances that `"*"` left out, as they have no audit trail yet, or none any more. */
  readonly skipped: pulumi.Output<GateSkipped[]>;
  /** SHA-256 of the verdict with its policy, place and time, and of the evidence [hex]: differs with every evaluation. */
  readonly verdictDigest: pulumi.Output<string>;

  constructor(name: string, args: AuditGateArgs, opts: pulumi.ComponentResourceOptions = {}) {
    refuseUnknown("AuditGate", GATE_ARGUMENTS, args);
    refuseUnsuitable(opts);
    refuseUnknown("AuditGate's options", PULUMI_OPTIONS, opts);
    refuseMistypedKeys();
    // Written down as the component's inputs, where policy packs can see them.
    // Where evidence goes decides nothing, and would differ with the machine.
    const { checks = [], evidenceFile: _, replaceEvidence: __, ...policy } = args;
    refuseForeignChecks(checks);
    refuseOutputs(policy.acknowledged);
    const inputs = { ...policy, checks: checks.map(({ rule }) => rule) };
    let judging: Judging | undefined;
    const judge = (gate: AuditGate): Judging => (judging ??= judgingOf(gate, args, opts));
    // The SDK calls `initialize` before this constructor goes on. What cannot be listed is no input.
    super(GATE_TYPE, name, Object.defineProperty(inputs, JUDGE, { value: judge }), opts);
    const { needs, outcome, isKnown } = judge(this);
    // Without an engine, a unit test sees what a closed gate gives out too.
    const found = isMocked() ? outcome.then(({ outputs }) => outputs) : this.getData();
    this.passed = pulumi.output(found.then(({ passed }) => passed));
    this.violations = pulumi.output(found.then(({ violations }) => violations));
    this.evidenceDigest = pulumi.output(found.then((outputs) => outputs.evidenceDigest));
    this.skipped = pulumi.output(found.then((outputs) => outputs.skipped));
    this.acknowledged = pulumi.output(found.then((outputs) => outputs.acknowledged));
    this.verdictDigest = pulumi.output(found.then((outputs) => outputs.verdictDigest));
    const passage = async (): Promise<void> => {
      const { reasons } = await outcome;
      if (isMocked() && reasons !== undefined) throw new pulumi.RunError(reasons);
      await this.getData();
    };
    Object.defineProperty(this, LINK, { value: { needs, passage, isKnown } satisfies GateLink });
    refuseChildren(this);
    // Keeps a program of the Automation API open. No more than that: an update by a plan compares what is registered.
    this.registerOutputs({ passed: this.passed });
  }

  /** Judges the gate, before anything that depends on it is registered. */
  protected override async initialize(
    inputs: pulumi.Inputs,
    _opts?: pulumi.ComponentResourceOptions,
    name = "gate",
  ): Promise<GateOutputs> {
    const { [JUDGE]: judge }: { readonly [JUDGE]?: (gate: AuditGate) => Judging } = inputs;
    if (judge === undefined) throw new pulumi.RunError("AuditGate has lost its arguments.");
    const { outputs, reasons } = await judge(this).outcome;
    if (reasons === undefined) return outputs;
    // What waits for a closed gate waits for ever, as it does where an engine stops.
    return isMocked() ? new Promise(() => {}) : closing(this, name, reasons);
  }
}

/** What there is to know of a gate. @throws {RunError} for what is no gate. */
export function gateLink(gate: AuditGate): GateLink {
  const { [LINK]: link }: { readonly [LINK]?: GateLink } = Object(gate) as object;
  if (link) return link;
  throw new pulumi.RunError("guardStack needs an AuditGate of @auditgate/pulumi-provider.");
}

function judgingOf(gate: AuditGate, args: AuditGateArgs, opts: pulumi.ComponentResourceOptions): Judging {
  const needs = needsOf(gate, args, opts);
  let known = false;
  const outcome = outcomeOf(gate, args, {
    dependsOn: opts.dependsOn,
    needed: needs.resources,
    onKnown: () => (known = true),
  });
  return { needs, outcome, isKnown: () => known };
}

// A child waits for its parent's name alone, not until the parent is judged.
function refuseChildren(gate: pulumi.Resource): void {
  const own: { __transformations?: readonly pulumi.ResourceTransformation[] } = gate as object;
  const refuse: pulumi.ResourceTransformation = ({ name }) => {
    throw new pulumi.RunError(
      `A gate cannot be the parent of ${harmless(name)}, which would not wait for it: give it { dependsOn: gate }.`,
    );
  };
  own.__transformations = [...(own.__transformations ?? []), refuse];
}
