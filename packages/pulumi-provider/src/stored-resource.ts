import * as pulumi from "@pulumi/pulumi";

/**
 * A dynamic resource whose provider is a text that stands in this package. The SDK's own makes that text of an object in
 * every run: it loads the TypeScript compiler for it, and each SDK and each build of a program writes another.
 */
export abstract class StoredResource extends pulumi.CustomResource {
  static {
    // An instance of the SDK's class too, whose constructor alone is left out.
    Object.setPrototypeOf(this.prototype, pulumi.dynamic.Resource.prototype);
  }

  /**
   * @param provider - Expression that makes the provider. Pulumi's provider process runs it, from the state.
   */
  constructor(
    provider: string,
    type: string,
    name: string,
    props: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions,
  ) {
    const text = `exports.handler = () => ${provider};\n`;
    super(`pulumi-nodejs:dynamic/auditgate:${type}`, name, { ...props, __provider: text }, opts);
  }
}
