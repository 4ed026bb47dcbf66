import * as pulumi from "@pulumi/pulumi";

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

/** Names of {@link ReadOptions}, for programs without types. */
export const READ_OPTIONS: readonly string[] = [
  "parent",
  "dependsOn",
  "provider",
  "transformations",
  "additionalSecretOutputs",
];

/** Names of the options of functions. */
export const INVOKE_OPTIONS: readonly string[] = ["parent", "provider", "dependsOn"];

/** Fails the program where it would import, or get by its name, what can only be read. */
export function refuseUnsuitable(opts: object): void {
  const option = ["import", "urn", "id"].find((name) => name in opts);
  if (option === undefined) return;
  throw new pulumi.RunError(
    `${option} is no option of what is only read: there is nothing to import, and no id to give. Make it with its arguments; each preview and up reads it.`,
  );
}
