import { type EmulatorData, generateData, sample } from "@auditgate/emulator";

/** The sample, in which the busy cluster has so many parameter changes, one every 30 seconds up to now. */
export function withManyChanges(count: number): EmulatorData {
  const data = generateData();
  const busy = data.clusters.find((cluster) => cluster.id === sample.clusters.busy)!;
  busy.parameterChanges = { generate: { count, newest: new Date().toISOString(), everySeconds: 30 } };
  return data;
}
