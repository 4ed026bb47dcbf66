import type * as pulumi from "@pulumi/pulumi";

// A symbol of the registry, for a program can hold two copies of this package (ES module and CommonJS).
const GUARD = Symbol.for("@auditgate/pulumi-provider/guard");

/**
 * Has what is made under `resource` from now on go through `guard` after all other transformations, those that are
 * registered later included: one that sets `dependsOn` anew would drop the guard.
 */
export function keepLast(resource: pulumi.Resource, guard: pulumi.ResourceTransformation): void {
  // The SDK's own field: a stack's is set again for each transformation that is registered.
  const own: { __transformations?: readonly pulumi.ResourceTransformation[] } = resource as object;
  Object.defineProperty(guard, GUARD, { value: true });
  const there = own.__transformations ?? [];
  const guards = [...there.filter(isGuard), guard];
  let others = there.filter((each) => !isGuard(each));
  Object.defineProperty(own, "__transformations", {
    configurable: true,
    enumerable: true,
    get: () => [...others, ...guards],
    set(changed: readonly pulumi.ResourceTransformation[]) {
      others = changed.filter((each) => !isGuard(each));
    },
  });
}

function isGuard(transformation: pulumi.ResourceTransformation): boolean {
  return GUARD in transformation;
}
