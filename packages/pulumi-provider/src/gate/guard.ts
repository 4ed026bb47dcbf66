import * as pulumi from "@pulumi/pulumi";
import { type AuditGate, GATE_TYPE, gateLink } from "./gate.ts";
import { isMocked } from "../mocks.ts";
import { keepLast } from "./keep-last.ts";
import { type GateNeeds, isPartOf, namesOf, resourcesUnder, rootOf } from "./needs.ts";

/**
 * Makes every resource that the stack gets from now on depend on the gate, in components that are already there too.
 * Left out is what the gate itself waits for: its provider, what its arguments and `dependsOn` name, and their parts.
 * A warning names resources that are already there and do not wait for the gate: make the gate first.
 *
 * @returns Settles when the gate lets through, or cannot be judged in this preview, and fails where it is closed. An
 *   inline program of the Automation API has to wait for it; what the CLI runs need not.
 */
export function guardStack(gate: AuditGate, ...others: readonly never[]): Promise<void> {
  const { needs, passage, isKnown } = gateLink(gate);
  if (others.length > 0) throw new pulumi.RunError("guardStack takes a gate, and nothing else.");
  const root = pulumi.runtime.getStackResource();
  if (root === undefined) {
    // A unit test has no stack, and no engine that anything could be held back from.
    if (isMocked()) return passage();
    throw new pulumi.RunError(
      "guardStack sees no stack from within a packaged component, which is a process of its own: give its parts { dependsOn: gate }, or guard the stack in the program.",
    );
  }
  const guard = guardOf(gate, needs);
  keepLast(root, guard);
  for (const resource of resourcesUnder(rootOf(gate))) {
    keepLast(resource, needs.earlier.has(resource) ? whereKnown(gate, isKnown, guard) : guard);
  }
  warnOfUnguarded(gate, needs);
  return passage();
}

function guardOf(gate: AuditGate, needs: GateNeeds): pulumi.ResourceTransformation {
  return ({ resource, type, props, opts }) => {
    const isExempt = () => [resource, opts.parent].some((each) => isPartOf(each, needs.resources));
    // Gates are judged each for itself.
    if (type === GATE_TYPE || isExempt()) return undefined;
    const guard = needs.settled ? needs.settled.then(() => (isExempt() ? [] : [gate])) : [gate];
    return { props, opts: { ...opts, dependsOn: withGuard(opts.dependsOn, guard) } };
  };
}

/**
 * Guards late parts of what was there before the gate. As long as the gate still waits for its arguments it may be
 * waiting for them, and they must not wait for it: a warning names those.
 */
function whereKnown(
  gate: AuditGate,
  isKnown: () => boolean,
  guard: pulumi.ResourceTransformation,
): pulumi.ResourceTransformation {
  return (made) => {
    if (isKnown()) return guard(made);
    if (isDeployed(made.resource, made.type) && guard(made)) warn(gate, made.name);
    return undefined;
  };
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
    : resourcesUnder(rootOf(gate)).filter(
        (resource) => isDeployed(resource, typeOf(resource)) && !isPartOf(resource, exempt),
      );
  if (unguarded.length > 0) warn(gate, namesOf(unguarded));
}

function warn(gate: AuditGate, names: string): void {
  void pulumi.log.warn(
    `guardStack does not hold back what the program made before it: ${names}. Call it before, or give those dependsOn.`,
    gate,
  );
}

// Neither a component, which is only its parts, unless a package makes them, nor a provider, nor what is only read.
function isDeployed(resource: pulumi.Resource, type: string): boolean {
  const { __remote: isPackaged = false }: { readonly __remote?: boolean } = resource as object;
  const left = /^(pulumi:providers:|pulumi:pulumi:StackReference$|pulumi-nodejs:dynamic\/auditgate:)/;
  return (isPackaged || !("registerOutputs" in resource)) && !left.test(type);
}

function typeOf(resource: pulumi.Resource): string {
  const { __pulumiType: type = "" }: { readonly __pulumiType?: string } = resource as object;
  return type;
}
