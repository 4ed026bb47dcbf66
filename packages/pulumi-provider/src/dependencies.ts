import * as pulumi from "@pulumi/pulumi";

/** What `dependsOn` takes. */
export type DependsOn =
  | pulumi.Input<pulumi.Input<pulumi.Resource>[]>
  | pulumi.Input<pulumi.Resource>
  | undefined;

/**
 * Settles once all of `dependsOn` is there; unknown in a preview while any of it is still to be created, so that
 * nothing is read too early.
 *
 * @param except - Resources not to wait for: whoever depends on the component it is part of does not wait for itself.
 */
export function afterAll(
  dependsOn: DependsOn,
  except: ReadonlySet<unknown> = new Set(),
): pulumi.Output<unknown> {
  const presence = (resource: unknown): pulumi.Output<unknown> => {
    if (except.has(resource)) return pulumi.output(undefined);
    // The SDK takes the unknown id of a resource that is read for a known one.
    if (pulumi.CustomResource.isInstance(resource)) {
      return resource.id.apply((id) => (id === pulumi.runtime.unknownValue ? pulumi.unknown : id));
    }
    if (!pulumi.ComponentResource.isInstance(resource)) return pulumi.output(undefined);
    // A component is there when its children are. They are known once its URN is; the SDK waits for the same set.
    const component: pulumi.ComponentResource & { __childResources?: ReadonlySet<pulumi.Resource> } =
      resource;
    return component.urn.apply(() => pulumi.all([...(component.__childResources ?? [])].map(presence)));
  };
  const resources: pulumi.Output<unknown> = pulumi.output<unknown>(dependsOn);
  return resources.apply((known) => pulumi.all([known].flat().map(presence)));
}
