import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { type Bench, createBench } from "./bench.ts";

/** A service with a cluster that is in order, and a folder for the program that a gate of it is in. */
export interface GateBench {
  readonly emulator: Emulator;
  readonly bench: Bench;
  /** Has the cluster's newest dump failed. */
  readonly failDump: () => void;
  readonly close: () => Promise<void>;
}

/** Programs find the cluster in the variable `cluster_id`. */
export async function createGateBench(): Promise<GateBench> {
  const emulator = await startEmulator();
  const bench = createBench({
    ...emulator.env,
    AUDITGATE_MAX_RETRIES: "0",
    TF_VAR_cluster_id: sample.clusters.healthy,
  });
  return {
    emulator,
    bench,
    failDump: () =>
      emulator.update((data) => {
        const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
        if (!Array.isArray(dumps)) throw new Error("the sample has changed");
        Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
      }),
    close: async () => {
      await emulator.close();
      bench.remove();
    },
  };
}
