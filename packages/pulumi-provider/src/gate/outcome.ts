import { evaluateGate, type GateVerdict } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { scopeOf, type Values } from "../arguments.ts";
import { afterAll } from "../dependencies.ts";
import { messageOf, redact } from "../errors.ts";
import { knownValue } from "../known.ts";
import { isMocked } from "../mocks.ts";
import { programClient, providerSettings, READING_TYPE } from "../program-settings.ts";
import { type AuditGateArgs, checksIn, evidenceIn, policyIn, secretsIn, storedIn } from "./arguments.ts";
import { mockedVerdict } from "./mocked-verdict.ts";
import { namesOf } from "./needs.ts";
import { reportOf } from "./report.ts";
import type { GateAcknowledged, GateSkipped, GateViolation } from "./types.ts";

/** What a gate gives out. Secret where an argument is, unknown where it could not be judged yet. */
export interface GateOutputs {
  /** As {@link AuditGate.passed}. */
  readonly passed: pulumi.Output<boolean>;
  /** As {@link AuditGate.violations}. */
  readonly violations: pulumi.Output<GateViolation[]>;
  /** As {@link AuditGate.acknowledged}. */
  readonly acknowledged: pulumi.Output<GateAcknowledged[]>;
  /** As {@link AuditGate.skipped}. */
  readonly skipped: pulumi.Output<GateSkipped[]>;
  /** As {@link AuditGate.evidenceDigest}. */
  readonly evidenceDigest: pulumi.Output<string>;
  /** As {@link AuditGate.verdictDigest}. */
  readonly verdictDigest: pulumi.Output<string>;
}

/** How a gate has been judged. */
export interface GateOutcome {
  readonly outputs: GateOutputs;
  /** Why nothing may be deployed: the gate is closed where it has reasons. */
  readonly reasons?: string;
}

/** What a gate waits for. */
interface GateSurroundings {
  readonly dependsOn: pulumi.ComponentResourceOptions["dependsOn"];
  /** Resources that its arguments and options name. */
  readonly needed: ReadonlySet<pulumi.Resource>;
  /** Called when all of it is there. */
  onKnown(): void;
}

// Made anew each time: an output belongs to the run that it was made in.
const unknown = (): GateOutputs => {
  const value = pulumi.output<never>(pulumi.unknown as never);
  return {
    passed: value,
    violations: value,
    acknowledged: value,
    skipped: value,
    evidenceDigest: value,
    verdictDigest: value,
  };
};

/**
 * Judges a gate in the program, as soon as its arguments are known. Whatever goes wrong is a reason to be closed.
 */
export async function outcomeOf(
  gate: pulumi.ComponentResource,
  { checks = [], ...args }: AuditGateArgs,
  { dependsOn, needed, onKnown }: GateSurroundings,
): Promise<GateOutcome> {
  let secrets: readonly unknown[] = [];
  try {
    const checked = checks.map((check) => check.checked);
    const given = pulumi.output({ ...args, checks: checked }).apply((values): Values => ({ ...values }));
    const settings = providerSettings(gate.getProvider(READING_TYPE));
    const known = await knownValue(
      pulumi.all([
        given,
        settings,
        secretsIn({ ...args, checks: checked }),
        afterAll(dependsOn, new Set([gate])),
      ]),
    );
    onKnown();
    if (known === undefined) return await postponed(gate, needed);
    const [values, own, texts] = known.value;
    secrets = texts;
    const policy = policyIn(values);
    const said = checksIn(values);
    const verdict = isMocked()
      ? await mockedVerdict(policy, said, storedIn(values))
      : await evaluateGate(programClient(own).with(scopeOf(values)), policy, {
          ...evidenceIn(values),
          checks: said,
        });
    const report = redact(reportOf(verdict), secrets);
    const isSilent = verdict.passed && verdict.acknowledged.length + verdict.warnings.length === 0;
    if (!isSilent && !verdict.blocking) await pulumi.log.warn(report, gate);
    const outputs = outputsOf(verdict, await pulumi.isSecret(given));
    return verdict.blocking ? { outputs, reasons: report } : { outputs };
  } catch (error) {
    return { outputs: unknown(), reasons: redact(messageOf(error), secrets) };
  }
}

function outputsOf(verdict: GateVerdict, secret: boolean): GateOutputs {
  const { passed, violations, acknowledged, skipped, evidenceDigest, verdictDigest } = verdict;
  const wrap = <Value>(value: Value) =>
    (secret ? pulumi.secret(value) : pulumi.output(value)) as pulumi.Output<Value>;
  return {
    passed: wrap(passed),
    violations: wrap(violations.map((each) => ({ ...each, records: [...each.records] }))),
    acknowledged: wrap([...acknowledged]),
    skipped: wrap([...skipped]),
    evidenceDigest: wrap(evidenceDigest),
    verdictDigest: wrap(verdictDigest),
  };
}

// A preview goes on without a verdict; an update that cannot know has to stop, for nothing would judge it later.
async function postponed(gate: pulumi.Resource, needed: ReadonlySet<pulumi.Resource>): Promise<GateOutcome> {
  const names = needed.size === 0 ? "" : `: ${namesOf([...needed])}`;
  if (pulumi.runtime.isDryRun()) {
    await pulumi.log.warn(
      `This preview does not judge the gate, for what its arguments come from is still to be created or replaced${names}. ` +
        "up judges it after that. What has to be deleted before such a replacement is deleted before the gate is judged.",
      gate,
    );
    return { outputs: unknown() };
  }
  return {
    outputs: unknown(),
    reasons: `The gate cannot be judged: what its arguments come from is not known in this update${names}. Where --target or --exclude leave it out, take it in.`,
  };
}
