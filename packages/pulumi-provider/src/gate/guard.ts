import { harmless } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { type AuditGate, gateNeeds } from "./gate.ts";
import { type GateNeeds, isPartOf, resourcesUnder, rootOf } from "./needs.ts";

/**
 * Makes every resource that the stack gets from now on depend on the gate. Left out is what the gate itself waits
 * for: its provider, what its arguments and `dependsOn` name, and their parts. A warning names resources that are
 * already there and do not wait for the gate: make the gate first.
 */
export function guardStack(gate: AuditGate): void {
  const needs = gateNeeds(gate);
  pulumi.runtime.registerStackTransformation(({ resource, props, opts }) => {
    const own = new Set([gate]);
    const isExempt = () =>
      [resource, opts.parent].some((each) => isPartOf(each, own) || isPartOf(each, needs.resources));
    if (isExempt()) return undefined;
    const guard = needs.settled ? needs.settled.then(() => (isExempt() ? [] : [gate])) : [gate];
    return { props, opts: { ...opts, dependsOn: withGuard(opts.dependsOn, guard) } };
  });
  warnOfUnguarded(gate, needs);
}

type DependsOn = pulumi.ResourceOptions["dependsOn"];

// In a list where it can be one, as other transformations will look for that.
function withGuard(dependsOn: DependsOn, guard: AuditGate[] | Promise<AuditGate[]>): NonNullable<DependsOn> {
  const isPlain =
    dependsOn === undefined || Array.isArray(dependsOn) || pulumi.Resource.isInstance(dependsOn);
  if (isPlain && Array.isArray(guard)) return [...[dependsOn ?? []].flat(), ...guard];
  return pulumi
    .all([pulumi.output<unknown>(dependsOn), pulumi.output<unknown>(guard)])
    .apply((lists) => lists.flat().filter((each) => pulumi.Resource.isInstance(each)));
}

function warnOfUnguarded(gate: AuditGate, { resources, settled, earlier }: GateNeeds): void {
  const exempt = new Set<pulumi.Resource>([gate, ...resources, ...earlier]);
  const unguarded = settled
    ? []
    : resourcesUnder(rootOf(gate)).filter((resource) => isDeployed(resource) && !isPartOf(resource, exempt));
  if (unguarded.length === 0) return;
  const names = unguarded.slice(0, 5).map((resource) => harmless(`${nameOf(resource)}`));
  if (unguarded.length > names.length) names.push(`${unguarded.length - names.length} more`);
  void pulumi.log.warn(
    `guardStack does not hold back what the program made before it: ${names.join(", ")}. Call it before, or give those dependsOn.`,
    gate,
  );
}

// Neither a component, which is only its parts, nor a provider, nor what is only read.
function isDeployed(resource: pulumi.Resource): boolean {
  const { __pulumiType: type }: { readonly __pulumiType?: string } = resource as object;
  const left = /^(pulumi:providers:|pulumi:pulumi:StackReference$|pulumi-nodejs:dynamic\/auditgate:)/;
  return pulumi.CustomResource.isInstance(resource) && !left.test(type ?? "");
}

function nameOf(resource: pulumi.Resource): string {
  const { __name: name }: { readonly __name?: string } = resource as object;
  return name ?? "a resource";
}
