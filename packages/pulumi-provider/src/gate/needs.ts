import { harmless } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";

const MOST_NAMES = 5;

/** What a gate itself waits for: nothing of this can wait for the gate. */
export interface GateNeeds {
  /** Resources that its arguments and options name. Grows until {@link settled}. */
  readonly resources: ReadonlySet<pulumi.Resource>;
  /** Pending where an argument is a promise, whose resources are only known when it is settled. */
  readonly settled: Promise<unknown> | undefined;
  /** Resources that were there before the gate, and could be what the needed ones need. */
  readonly earlier: ReadonlySet<pulumi.Resource>;
}

// What the SDK knows of resources and outputs, but does not declare.
interface Related {
  readonly __parentResource?: pulumi.Resource;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
  readonly resources?: () => ReadonlySet<pulumi.Resource>;
}

/** What a gate with these arguments and options waits for. */
export function needsOf(
  gate: pulumi.Resource,
  args: object,
  { dependsOn, provider, providers }: pulumi.ComponentResourceOptions,
): GateNeeds {
  const resources = new Set<pulumi.Resource>();
  const pending: Promise<void>[] = [];
  const collect = (input: unknown): void => {
    if (pulumi.Resource.isInstance(input)) {
      resources.add(input);
    } else if (pulumi.Output.isInstance(input)) {
      for (const resource of (input as Related).resources?.() ?? []) resources.add(resource);
    } else if (input instanceof Promise) {
      // What a rejected one would have needed does not matter: the gate fails.
      pending.push(input.then(collect, () => undefined));
    } else if (typeof input === "object" && input !== null) {
      Object.values(input).forEach(collect);
    }
  };
  collect([args, dependsOn, provider, providers]);
  const needy = resources.size > 0 || pending.length > 0;
  return {
    resources,
    settled: pending.length > 0 ? settle(pending) : undefined,
    earlier: new Set(needy ? resourcesUnder(rootOf(gate)) : []),
  };
}

/** Whether `resource` is one of `others`, or a part of one. */
export function isPartOf(
  resource: pulumi.Resource | undefined,
  others: ReadonlySet<pulumi.Resource>,
): boolean {
  for (let each = resource; each; each = (each as Related).__parentResource)
    if (others.has(each)) return true;
  return false;
}

/** All resources under one, which is not among them. */
export function resourcesUnder(resource: pulumi.Resource): readonly pulumi.Resource[] {
  const children = [...((resource as Related).__childResources ?? [])];
  return children.flatMap((child) => [child, ...resourcesUnder(child)]);
}

/** The stack that a resource is in. */
export function rootOf(resource: pulumi.Resource): pulumi.Resource {
  const { __parentResource: parent } = resource as Related;
  return parent ? rootOf(parent) : resource;
}

/** Names of resources, for a message: the first five, and how many more. */
export function namesOf(resources: readonly pulumi.Resource[]): string {
  const names = resources.slice(0, MOST_NAMES).map((resource) => {
    const { __name: name = "a resource" }: { readonly __name?: string } = resource as object;
    return harmless(name);
  });
  if (resources.length > names.length) names.push(`${resources.length - names.length} more`);
  return names.join(", ");
}

// A promise can lead to further ones.
async function settle(pending: Promise<void>[]): Promise<void> {
  for (let next = pending.shift(); next; next = pending.shift()) await next;
}
