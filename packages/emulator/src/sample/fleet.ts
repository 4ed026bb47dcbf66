import type { Cluster, Instance } from "../data/data.ts";
import { sample } from "./names.ts";

/** The states that the vendors' pages and SDKs name for clusters, each once. */
const clusterStates = [
  "ACTIVE",
  "AVAILABLE",
  "CREATING",
  "CREATE_FAILED",
  "CREATION FAILED",
  "FAILED",
  "UNAVAILABLE",
  "DELETING",
  "DELETE_FAILED",
  "DELETION FAILED",
  "DELETED",
  "STOPING",
  "STOPPED",
  "STARTING",
  "FROZEN",
  "POLICE_FROZEN",
];

/** The same of instances. */
const instanceStates = [
  "normal",
  "abnormal",
  "creating",
  "createfail",
  "frozen",
  "data_disk_full",
  "enlargefail",
];

/** Clusters of the project `fleet`, one in every state; those that work have hourly dumps without a gap. */
export function fleetClusters(anchorMs: number): Cluster[] {
  const newest = new Date(anchorMs).toISOString();
  return clusterStates.map((status, index) => ({
    id: `a0d17a7e-f001-4000-8000-${String(index + 1).padStart(12, "0")}`,
    name: `fleet-${status.toLowerCase().replaceAll(/[ _]/g, "-")}`,
    projectId: sample.fleet.project.id,
    note: `listed as ${status}`,
    info: { status, created: createdAt(index), tags: [{ key: "stage", value: "fleet" }] },
    dumps: isMade(status) ? { generate: { count: 48, newest, everySeconds: 3600 } } : [],
    parameterChanges: [],
  }));
}

/** Instances of the project `fleet`: more than a page of 100, of every kind, the first ones in every state. */
export function fleetInstances(anchorMs: number): Instance[] {
  const newest = new Date(anchorMs).toISOString();
  return Array.from({ length: sample.fleet.instances }, (_, index) => {
    const number = String(index + 1).padStart(4, "0");
    const mode = (["ReplicaSet", "Sharding", "Single"] as const)[index % 3] ?? "Single";
    const status = instanceStates[index] ?? "normal";
    return {
      id: `a0d17a7ef0010000000000000000${number}in02`,
      name: `fleet-${number}`,
      projectId: sample.fleet.project.id,
      note: `listed as ${status}, ${mode}`,
      mode,
      nodes: (mode === "Single" ? [1] : mode === "Sharding" ? [1, 2] : [1, 2, 3]).map(
        (node) => `a0d17a7ef00100000000000${node}0000${number}no02`,
      ),
      info: { status, created: createdAt(index).slice(0, 19) },
      auditLogs: isMade(status) ? { generate: { count: 96, newest, everySeconds: 7200 } } : [],
    };
  });
}

function isMade(status: string): boolean {
  return !/^creat(?:ing|ion failed|e_?fail)/i.test(status);
}

/** An hour apart, the first one last. */
function createdAt(index: number): string {
  return `${new Date(Date.UTC(2026, 0, 10) - index * 3_600_000).toISOString().slice(0, 19)}Z`;
}
