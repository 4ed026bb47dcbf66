import type { Emulator } from "./contract.ts";
import type { Cluster, EmulatorData, Instance } from "./data/data.ts";
import { parseData } from "./data/data-file.ts";
import { newCluster, newInstance } from "./listings/owners.ts";

/** Clusters or instances, as the administration names them. */
export type Owners = "clusters" | "instances";

/**
 * Adds a cluster or instance, in the first project unless `given` names another; what it leaves out is made up.
 *
 * @throws {Misfit} Where it is none.
 */
export function addOwner(emulator: Emulator, owners: Owners, given: object): Cluster | Instance {
  const projectId = emulator.data.projects[0]?.id ?? "";
  const owner =
    owners === "clusters" ? newCluster(projectId, given) : newInstance(projectId, emulator.now(), given);
  replace(emulator, owners, (list) => [owner, ...list]);
  return owner;
}

/**
 * Changes fields of a cluster or instance, those of `info` one by one.
 *
 * @returns It, or undefined if there is none with this id.
 * @throws {Misfit} Where it is none any more.
 */
export function changeOwner(
  emulator: Emulator,
  owners: Owners,
  id: string,
  change: { info?: object },
): Cluster | Instance | undefined {
  const own = emulator.data[owners].find((owner) => owner.id === id);
  if (own === undefined) return undefined;
  const changed: object = {
    ...own,
    ...change,
    ...(change.info && { info: { ...own.info, ...change.info } }),
  };
  replace(emulator, owners, (list) => list.map((owner) => (owner === own ? changed : owner)));
  return emulator.data[owners].find((owner) => owner.id === id);
}

/** Removes a cluster or instance. @returns Whether there was one with this id. */
export function removeOwner(emulator: Emulator, owners: Owners, id: string): boolean {
  const exists = emulator.data[owners].some((owner) => owner.id === id);
  if (exists) replace(emulator, owners, (list) => list.filter((owner) => owner.id !== id));
  return exists;
}

function replace(
  emulator: Emulator,
  owners: Owners,
  change: (list: readonly (Cluster | Instance)[]) => readonly object[],
): void {
  const { clusters: _, instances: __, ...others } = emulator.data;
  const list = change(emulator.data[owners]);
  // Checked alone, for the others were checked when they came.
  const checked = parseData({ ...others, [owners]: list })[owners];
  emulator.update((data: EmulatorData) => {
    Object.assign(data, { [owners]: checked });
  });
}
