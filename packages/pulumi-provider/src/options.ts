import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of a resource that is only read. The others of Pulumi's options have no meaning here: there is nothing to
 * protect, replace, import or delete.
 */
export type ReadOptions = Pick<
  pulumi.CustomResourceOptions,
  "parent" | "dependsOn" | "provider" | "transformations" | "additionalSecretOutputs"
>;

/** Options of `getX`. */
export type ReadInvokeOptions = Pick<pulumi.InvokeOptions, "parent" | "provider">;

/** Options of `getXOutput`. */
export type ReadInvokeOutputOptions = Pick<pulumi.InvokeOutputOptions, "parent" | "provider" | "dependsOn">;
