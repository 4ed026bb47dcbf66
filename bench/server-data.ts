import { type EmulatorData, sample } from "@auditgate/emulator";

/** What the server of a case is to hold. */
export interface ServerOptions {
  /** Added to every answer [ms]. */
  readonly latencyMs?: number;
  /** Parameter changes of the busy cluster. */
  readonly parameterRecords?: number;
  /** Audit logs of the healthy instance, over {@link LOG_DAYS} days up to `newest`. */
  readonly logs?: number;
  /** Further clusters, each with a day of hourly dumps; their ids are {@link clusterId}. */
  readonly clusters?: number;
  /** Further projects that these are spread over, their ids are {@link projectId}; the sample's own if absent. */
  readonly projects?: number;
  /** End of the newest record, RFC 3339. */
  readonly newest: string;
}

export const LOG_DAYS = 95;
const DUMPS_PER_CLUSTER = 24;

/** Id of the further cluster of this index. */
export function clusterId(index: number): string {
  return `be0c4000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

/** Id of the further project of this index. */
export function projectId(index: number): string {
  return `be0c4000000000000000000000000${String(index).padStart(3, "0")}`;
}

/** The emulator's data with as much in it as a case needs. */
export function loadedData(data: EmulatorData, options: ServerOptions): EmulatorData {
  const { parameterRecords, logs, clusters = 0, projects = 0, newest } = options;
  const busy = data.clusters.find(({ id }) => id === sample.clusters.busy);
  if (busy && parameterRecords) {
    busy.parameterChanges = { generate: { count: parameterRecords, newest, everySeconds: 30 } };
  }
  const instance = data.instances.find(({ id }) => id === sample.instances.healthy);
  if (instance && logs) {
    const everySeconds = Math.floor((LOG_DAYS * 86_400) / (logs / instance.nodes.length));
    instance.auditLogs = { generate: { count: logs, newest, everySeconds } };
  }
  const [project] = data.projects;
  for (let index = 0; project && index < projects; index++) {
    data.projects.push({ ...project, id: projectId(index), name: `${project.name}_${index}` });
  }
  for (let index = 0; index < clusters; index++) {
    data.clusters.push({
      id: clusterId(index),
      name: `bench-${index}`,
      projectId: projects > 0 ? projectId(index % projects) : sample.project.id,
      dumps: { generate: { count: DUMPS_PER_CLUSTER, newest, everySeconds: 3600 } },
      parameterChanges: [],
    });
  }
  return data;
}
