import type { Cluster, Dump, ParameterChange } from "../data/data.ts";
import { zonelessTime } from "../trails/instant.ts";
import { sample } from "./names.ts";
import { between, pick } from "./random.ts";

const hourMs = 3_600_000;

/** The clusters of the generated data set. */
export function sampleClusters(anchorMs: number, random: () => number): Cluster[] {
  const { clusters, netherlands, project } = sample;
  const cluster = (id: string, name: string, note: string): Cluster => ({
    id,
    name,
    projectId: project.id,
    note,
    dumps: [],
    parameterChanges: [],
  });
  return [
    {
      ...cluster(
        clusters.healthy,
        "healthy",
        "hourly dumps of 14 days, all successful; 12 parameter changes",
      ),
      dumps: hourlyDumps(clusters.healthy, anchorMs, 14 * 24),
      parameterChanges: changes(anchorMs, random, 12, 14 * 24 * hourMs),
    },
    {
      ...cluster(clusters.failedDump, "failed-dump", "hourly dumps of 7 days, the newest FAILED"),
      dumps: withNewest(hourlyDumps(clusters.failedDump, anchorMs, 7 * 24), {
        result: "FAILED",
        failed_reason: "The OBS bucket audit-archive does not exist or access is denied.",
      }),
      parameterChanges: changes(anchorMs, random, 4, 7 * 24 * hourMs),
    },
    {
      ...cluster(clusters.runningDump, "running-dump", "hourly dumps of 3 days, the newest RUNNING"),
      dumps: withNewest(hourlyDumps(clusters.runningDump, anchorMs, 3 * 24), { result: "RUNNING" }),
      parameterChanges: changes(anchorMs, random, 4, 3 * 24 * hourMs),
    },
    {
      ...cluster(
        clusters.pendingChanges,
        "pending-changes",
        "parameter changes Applying, Pending-Reboot and failed",
      ),
      dumps: hourlyDumps(clusters.pendingChanges, anchorMs, 48),
      parameterChanges: pendingChanges(anchorMs, random),
    },
    {
      ...cluster(clusters.busy, "busy", "2,600 parameter changes in 120 days"),
      dumps: hourlyDumps(clusters.busy, anchorMs, 24),
      parameterChanges: changes(anchorMs, random, 2600, 120 * 24 * hourMs),
    },
    cluster(clusters.empty, "empty", "no record at all"),
    {
      ...cluster(netherlands.cluster, "netherlands", `in region ${netherlands.region}: dumps of one day`),
      projectId: netherlands.project.id,
      dumps: hourlyDumps(netherlands.cluster, anchorMs, 24),
      parameterChanges: changes(anchorMs, random, 3, 24 * hourMs),
    },
  ];
}

/** Newest first, one per hour without gap, the newest interval ending at the anchor. */
function hourlyDumps(clusterId: string, anchorMs: number, count: number): Dump[] {
  return Array.from({ length: count }, (_, index) => {
    const end = anchorMs - index * hourMs;
    return {
      result: "SUCCESS",
      cluster_id: clusterId,
      executor_time: zonelessTime(end - hourMs + 95_000),
      begin_time: zonelessTime(end - hourMs),
      end_time: zonelessTime(end),
      bucket_name: "audit-archive",
      location_prefix: "dws",
    };
  });
}

function withNewest(dumps: Dump[], change: Dump): Dump[] {
  return dumps.map((dump, index) => (index === 0 ? { ...dump, ...change } : dump));
}

/** Oldest first, as in the vendor's example; ids count up from 1; all ended and in sync. */
function changes(anchorMs: number, random: () => number, count: number, spanMs: number): ParameterChange[] {
  const stepMs = Math.floor(spanMs / count);
  return Array.from({ length: count }, (_, index) => {
    const start = anchorMs - (count - index) * stepMs + between(random, 0, Math.floor(stepMs / 2));
    return {
      id: String(index + 1),
      operator: pick(random, ["dba-anna", "dba-tomas", "automation"]),
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + between(random, 2_000, 40_000)).toISOString(),
      status: "In-Sync",
      failed_reason: null,
    };
  });
}

function pendingChanges(anchorMs: number, random: () => number): ParameterChange[] {
  const list = changes(anchorMs, random, 20, 10 * 24 * hourMs);
  const edits: Record<number, ParameterChange> = {
    11: { status: "Failed", failed_reason: "Parameter max_connections is out of range on node cn-5002." },
    15: { status: "Pending-Reboot" },
    17: { status: "Failed", end_time: null, failed_reason: "The cluster was being resized." },
    18: { status: "Pending-Reboot" },
    19: { status: "Applying", end_time: null },
  };
  return list.map((change, index) => ({ ...change, ...edits[index] }));
}
