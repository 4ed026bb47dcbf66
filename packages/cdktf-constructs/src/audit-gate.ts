import { type IResolvable, type ITerraformDependable, Lazy, TerraformStack, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { EphemeralGate } from "./ephemeral-gate.ts";
import type { DataAuditgateGate } from "./gate-data-source.ts";
import type { DataAuditgateGateConfig, DataAuditgateGateViolationsList } from "./gen/gate.ts";
import type { GateBlocks } from "./guard/guard.ts";
import { GuardElement } from "./guard/guard-element.ts";
import { PresentGate } from "./present-gate.ts";

/** Configuration of {@link AuditGate}: the policy, and where to read. */
export interface AuditGateConfig extends Omit<
  DataAuditgateGateConfig,
  "count" | "connection" | "provisioners"
> {
  /**
   * True: also stop a plan that was saved while all was well, by an ephemeral resource that is evaluated by plan and
   * apply. Needs Terraform 1.10 or OpenTofu 1.11.
   */
  readonly savedPlans?: boolean | undefined;
}

/**
 * Holds back what it guards until the audit trail is in order: plan and apply fail, with the reasons.
 *
 * @example new AuditGate(stack, "gate", { dwsAuditDumpRecords: [{ clusterIds, maxAge: "24h" }] }).guardStack();
 */
export class AuditGate extends Construct implements ITerraformDependable {
  /** What evaluates the policy. */
  readonly dataSource: DataAuditgateGate;
  private readonly ephemeral: EphemeralGate | undefined;
  private guards = 0;

  constructor(scope: Construct, id: string, config: AuditGateConfig) {
    super(scope, id);
    const { savedPlans = false, ...policy } = config;
    // Called so, a child has its parent's name in the configuration.
    this.dataSource = new PresentGate(this, "Default", policy);
    this.ephemeral = savedPlans ? new EphemeralGate(this, "saved-plans", this.dataSource) : undefined;
  }

  /** For `dependsOn: [gate]`. */
  get fqn(): string {
    const { fqn } = this.ephemeral ?? this.dataSource;
    return Token.asString(
      Lazy.anyValue({
        produce: (context) => {
          if (TerraformStack.of(context.scope) === TerraformStack.of(this)) return context.resolve(fqn);
          throw new Error(
            `${TerraformStack.of(context.scope).node.path} depends on ${this.node.path}, which is in another stack: ` +
              "a gate holds back nothing there. Give each stack a gate of its own.",
          );
        },
      }),
    );
  }

  /** True where everything was read completely and no rule is violated. */
  get passed(): IResolvable {
    return this.dataSource.passed;
  }

  /** What is wrong, in the order of the policy; without any if the gate has passed. */
  get violations(): DataAuditgateGateViolationsList {
    return this.dataSource.violations;
  }

  /** SHA-256 of what the verdict rests on [hex]. */
  get evidenceDigest(): string {
    return this.dataSource.evidenceDigest;
  }

  /** SHA-256 of the verdict, its policy, place and time, and of the evidence [hex]: differs with every evaluation. */
  get verdictDigest(): string {
    return this.dataSource.verdictDigest;
  }

  /**
   * Guards every resource and module in these constructs, also those that are added later; not what the gate itself
   * depends on, which the synthesis names.
   *
   * Synthesis fails where a construct has nothing to guard, where the gate depends on the construct itself, and where
   * something in it cannot be held back by this gate, such as the resources of another stack.
   */
  guard(...constructs: readonly IConstruct[]): this {
    for (const construct of constructs) {
      new GuardElement(this, `guard-${(this.guards += 1)}`, this.blocks(), construct);
    }
    return this;
  }

  /** Guards every resource and module of this gate's stack, also those that are added later; not what the gate itself depends on. */
  guardStack(): this {
    return this.guard(TerraformStack.of(this));
  }

  private blocks(): GateBlocks {
    const { dataSource, ephemeral } = this;
    return {
      elements: ephemeral ? [dataSource, ephemeral] : [dataSource],
      get address() {
        const { terraformResourceType, friendlyUniqueId } = dataSource;
        return `${ephemeral ? "ephemeral" : "data"}.${terraformResourceType}.${friendlyUniqueId}`;
      },
    };
  }
}
