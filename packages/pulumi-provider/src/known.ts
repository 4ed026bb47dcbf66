import type * as pulumi from "@pulumi/pulumi";

// What the SDK has of every output, but does not declare.
interface Settling<Value> {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<Value>;
}

/**
 * The value of an output in a box, undefined where it is not known in this preview or update.
 *
 * @throws Whatever the output fails with.
 */
export async function knownValue<Value>(
  output: pulumi.Output<Value>,
): Promise<{ readonly value: Value } | undefined> {
  const { isKnown } = output as object as Settling<Value>;
  return (await isKnown) ? { value: await (output as object as Settling<Value>).promise() } : undefined;
}
