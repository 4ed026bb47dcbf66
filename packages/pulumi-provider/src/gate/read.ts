import * as pulumi from "@pulumi/pulumi";
import { SECRET_MARK } from "../arguments.ts";
import { keepResponsesOutOfDebugLog } from "../process/debug-log.ts";
import { afterAll, type DependsOn } from "../dependencies.ts";
import { type AuditGateArgs, secretsIn, STORED_ARGUMENTS } from "./arguments.ts";
import type { GateViolation } from "./types.ts";
import { auditGate } from "../process/provider.ts";

// What an evaluation adds to the arguments.
const OUTPUTS = ["passed", "blocking", "violations", "evidenceDigest"] as const;

/**
 * The evaluation of a gate: a resource that is only read, by the engine itself in every preview and up, whatever
 * its targets are. Where the gate is closed the reading fails, and with it whatever waits for it.
 */
export class GateRead extends pulumi.dynamic.Resource {
  declare readonly passed: pulumi.Output<boolean>;
  declare readonly blocking: pulumi.Output<boolean>;
  declare readonly violations: pulumi.Output<GateViolation[]>;
  declare readonly evidenceDigest: pulumi.Output<string>;
  /** Texts of the secret arguments. */
  readonly secrets: pulumi.Output<readonly string[]>;

  constructor(
    name: string,
    { checks = [], ...args }: AuditGateArgs,
    opts: { readonly parent: pulumi.Resource; readonly dependsOn: DependsOn },
  ) {
    keepResponsesOutOfDebugLog();
    const checked = checks.map((check) => check.checked);
    const given = pulumi.output<unknown>({ ...args, checks: checked });
    const secrets = secretsIn({ ...args, checks: checked });
    // What is read with a secret can contain it. Pulumi makes an output secret whose input of the same name is.
    const placeholder = pulumi
      .output(pulumi.isSecret(given))
      .apply((secret) => (secret ? pulumi.secret(undefined) : undefined));
    const mark = secrets.apply((texts) => (texts.length === 0 ? undefined : pulumi.secret(texts)));
    // Unknown while an argument or dependency is, so that a preview does not judge by half of the policy. The same
    // whatever the policy says, so that another policy is no other resource.
    const id = pulumi.all([given, afterAll(opts.dependsOn)]).apply(() => name);
    super(
      auditGate,
      name,
      {
        ...Object.fromEntries(STORED_ARGUMENTS.map((argument) => [argument, undefined])),
        ...Object.fromEntries(OUTPUTS.map((output) => [output, placeholder])),
        ...args,
        checks: checked,
        [SECRET_MARK]: mark,
      },
      { parent: opts.parent, ...(opts.dependsOn && { dependsOn: opts.dependsOn }), id: pulumi.unsecret(id) },
      "auditgate",
      "GateReading",
    );
    this.secrets = secrets;
  }
}
