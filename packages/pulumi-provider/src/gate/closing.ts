import * as pulumi from "@pulumi/pulumi";
import { CLOSED_GATE } from "../process/stored-providers.ts";
import { StoredResource } from "../stored-resource.ts";

/**
 * Ends the run because a gate is closed: an engine's step fails with the reasons. A program that only throws does
 * not stop every engine: the Automation API tells it of a regular end, and what was not registered is then deleted.
 *
 * Never settles where the engine has stopped, which then tells the program nothing more.
 *
 * @throws {ResourceError} where the engine goes on.
 */
export async function closing(gate: pulumi.Resource, name: string, reasons: string): Promise<never> {
  const opts = { parent: standInFor(gate) };
  let type = CLOSED;
  try {
    await settled(new ClosedGate(name, reasons, opts));
  } catch {
    // Nothing could be asked to fail: the plugin of dynamic resources is not there, for instance. The engine's own is.
    type = "pulumi:pulumi:StackReference";
    await pulumi.log.error(reasons, gate);
  }
  // With --continue-on-error the engine goes on after a step that failed, up to the deletions, but not after one that
  // it cannot even make: a read of nothing.
  await settled(new Stop(type, `${name}-is-closed`, {}, { ...opts, id: pulumi.output("") })).catch(() => {});
  throw new pulumi.ResourceError("The gate is closed.", gate, true);
}

const CLOSED = "pulumi-nodejs:dynamic/auditgate:GateReading";

class ClosedGate extends StoredResource {
  constructor(name: string, reasons: string, opts: pulumi.CustomResourceOptions) {
    super(`(${CLOSED_GATE})()`, "GateReading", name, { reasons }, { ...opts, id: name });
  }
}

class Stop extends pulumi.CustomResource {}

function settled({ urn }: pulumi.Resource): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { promise }: { promise?(): Promise<unknown> } = urn as object;
    promise?.call(urn).then(resolve, reject);
  });
}

// For the parent: neither its transformations nor its providers nor what waits for its children has to do with this.
// Any of them could make the step wait for the gate, which waits for the step.
function standInFor(gate: pulumi.Resource): pulumi.Resource {
  const { __parentResource: parent = gate }: { readonly __parentResource?: pulumi.Resource } = gate as object;
  return Object.create(parent, {
    __transformations: { value: [] },
    __providers: { value: {} },
    __childResources: { value: new Set(), writable: true },
  }) as pulumi.Resource;
}
