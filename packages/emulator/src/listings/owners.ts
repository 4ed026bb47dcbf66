import { randomUUID } from "node:crypto";
import type { Cluster, Instance } from "../data/data.ts";
import type { State } from "../data/state.ts";

/** What a request for a cluster or instance may leave out is that of an ordinary one without any record. */
export function newCluster(projectId: string, given: Partial<Cluster> = {}): Cluster {
  const id = given.id ?? randomUUID();
  return { id, name: `dws-${id.slice(0, 4)}`, projectId, dumps: [], parameterChanges: [], ...given };
}

/** As {@link newCluster}; a single node. */
export function newInstance(projectId: string, nowMs: number, given: Partial<Instance> = {}): Instance {
  const id = given.id ?? `${randomUUID().replaceAll("-", "")}in02`;
  return {
    id,
    name: `dds-${id.slice(0, 4)}`,
    projectId,
    nodes: [id.replace(/in02$/, "no02")],
    auditLogs: [],
    ...given,
    info: { created: new Date(nowMs).toISOString().slice(0, 19), ...given.info },
  };
}

/** Adds so many new clusters or instances to a project, or removes so many of its oldest, as a fault says. */
export function changeOwners(
  state: State,
  api: "clusters" | "instances",
  projectId: string,
  { insert = 0, remove = 0 }: { insert?: number; remove?: number },
): void {
  const { data } = state;
  for (let count = insert; count > 0; count--) {
    if (api === "clusters") data.clusters.push(newCluster(projectId));
    else data.instances.unshift(newInstance(projectId, state.now()));
  }
  const owners: { projectId: string }[] = data[api];
  for (let count = remove; count > 0; count--) {
    const oldest = owners.findLastIndex((owner) => owner.projectId === projectId);
    if (oldest >= 0) owners.splice(oldest, 1);
  }
  state.version++;
}
