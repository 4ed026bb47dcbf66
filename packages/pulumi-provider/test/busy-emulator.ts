import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

/** A cluster with as many parameter modifications as are asked for, and nothing else. */
export const busyClusterId = sample.clusters.empty;

/** An emulator whose {@link busyClusterId} has so many parameter modifications. */
export async function startBusyEmulator(count: number): Promise<Emulator> {
  const emulator = await startEmulator();
  emulator.update((data) => {
    const cluster = data.clusters.find(({ id }) => id === busyClusterId);
    const newest = "2026-01-01T00:00:00Z";
    if (cluster) cluster.parameterChanges = { generate: { count, newest, everySeconds: 60 } };
  });
  return emulator;
}
