import { providerSchema } from "@auditgate/terraform-provider/schema";
import { Annotations, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { literalSecrets, toHcl, toTerraform } from "./synthesis/arguments.ts";
import { checkNames, inTerraform, inTypeScript } from "./synthesis/known-arguments.ts";
import { generatorMetadata, placeAtSynthesis, providerSource } from "./synthesis/placement.ts";
import { checkIds } from "./synthesis/reference-ids.ts";
import { overridesOf } from "./synthesis/stack-blocks.ts";

const TYPE = "auditgate";

/** The provider, as far as it does not depend on which arguments there are. */
export abstract class ConfiguredProvider extends TerraformProvider {
  /** Name of the provider in Terraform. */
  static readonly tfResourceType: string = TYPE;

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: TYPE,
      terraformGeneratorMetadata: generatorMetadata(),
      terraformProviderSource: providerSource(),
    });
    placeAtSynthesis(this, () => this.warnOfSecrets());
  }

  /** What the block says in JSON, checked. */
  protected override synthesizeAttributes(): { [name: string]: unknown } {
    this.check();
    return toTerraform(providerSchema.provider.attributes, this._inputs());
  }

  /** What the block says in HCL, checked. */
  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    this.check();
    return toHcl(providerSchema.provider.attributes, this._inputs());
  }

  /**
   * What the configuration says.
   *
   * @internal
   */
  protected abstract _inputs(): object;

  private check(): void {
    const { attributes } = providerSchema.provider;
    checkNames(this.node.path, attributes, this._inputs(), inTypeScript, ["alias"]);
    checkNames(this.node.path, attributes, overridesOf(this), inTerraform, ["alias"]);
    checkIds(this.node.path, attributes, toTerraform(attributes, this._inputs()));
  }

  // The synthesized configuration has to hold what it is to say to the provider.
  private warnOfSecrets(): void {
    const names = literalSecrets(providerSchema.provider.attributes, this._inputs());
    if (names.length === 0) return;
    const message =
      `${names.join(", ")}: the synthesized configuration holds this in plain text. Leave it to the environment ` +
      "(AUDITGATE_ACCESS_KEY, AUDITGATE_SECRET_KEY, …) or a profile, or pass it in a sensitive TerraformVariable.";
    if (this.node.metadata.some(({ data }) => data === message)) return;
    Annotations.of(this).addWarning(message);
  }
}
