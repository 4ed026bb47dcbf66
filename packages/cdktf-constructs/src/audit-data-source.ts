import { type Attributes, providerSchema, snakeCase } from "@auditgate/terraform-provider/schema";
import { type Expression, TerraformDataSource, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { toHcl, toTerraform } from "./synthesis/arguments.ts";
import { checkNames, inTerraform, inTypeScript } from "./synthesis/known-arguments.ts";
import { generatorMetadata } from "./synthesis/placement.ts";
import { checkIds } from "./synthesis/reference-ids.ts";
import { asSelf } from "./synthesis/self-reference.ts";
import { overridesOfBlock } from "./synthesis/stack-blocks.ts";

/** What data sources of every provider take; provisioners and connections are for resources. */
const META_ARGUMENTS = ["count", "dependsOn", "forEach", "lifecycle", "provider"];

/** A data source of the provider: what audit queries and gates have in common. */
export abstract class AuditDataSource extends TerraformDataSource {
  constructor(scope: Construct, id: string, terraformResourceType: string, config: TerraformMetaArguments) {
    super(scope, id, {
      ...config,
      terraformResourceType,
      terraformGeneratorMetadata: generatorMetadata(),
    });
  }

  /**
   * Fails plan and apply unless `condition` holds for what was read: a `postcondition`.
   *
   * @param condition - True or false, of this data source's own accessors or of `self`: `Op.lte(dumps.summary.failed, 2)`.
   * @param message - What a reviewer reads; figures may be interpolated: `${dumps.summary.failed} dumps failed.`
   */
  expect(condition: Expression, message: string): void {
    this.lifecycle = {
      ...this.lifecycle,
      postcondition: [
        ...(this.lifecycle?.postcondition ?? []),
        { condition: asSelf(this, condition), errorMessage: asSelf(this, message) },
      ],
    };
  }

  /** What the block says in JSON, checked. */
  protected override synthesizeAttributes(): { [name: string]: unknown } {
    this.check();
    return toTerraform(this.schema(), this._inputs());
  }

  /** What the block says in HCL, checked. */
  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    this.check();
    return toHcl(this.schema(), this._inputs());
  }

  /**
   * What the configuration says.
   *
   * @internal
   */
  protected abstract _inputs(): object;

  // At synthesis, which nothing comes past: setters and overrides may say something after the constructor has.
  private check(): void {
    const { terraformResourceType: type, friendlyUniqueId: name } = this;
    const path = this.node.path.replace(/\/Default$/, "");
    const schema = this.schema();
    checkNames(path, schema, this._inputs(), inTypeScript, META_ARGUMENTS);
    for (const overrides of overridesOfBlock(this, "data", type, name)) {
      checkNames(path, schema, overrides, inTerraform, META_ARGUMENTS.map(snakeCase));
    }
    checkIds(path, schema, toTerraform(schema, this._inputs()));
  }

  private schema(): Attributes {
    const schema = providerSchema.dataSources[this.terraformResourceType];
    if (!schema) throw new TypeError(`the provider has no data source ${this.terraformResourceType}`);
    return schema.attributes;
  }
}
