import { resolve } from "node:path";

import {
  createClient,
  ddsAuditLogs,
  ddsInstances,
  dwsAuditDumpRecords,
  dwsClusters,
  dwsParameterModificationRecords,
  read,
} from "@auditgate/core";

import type { Env } from "./bench.ts";
import { type Door, reading, type Readings } from "./door.ts";

/** The client alone; a plan is the script in examples/. */
export const coreDoor: Door = {
  name: "core",
  open: async ({ env, run }) => ({
    plan: async (more = {}) => {
      const all = { ...env, ...more };
      const asked = {
        DWS_CLUSTER_ID: all["TF_VAR_cluster_id"] ?? "",
        DDS_INSTANCE_ID: all["TF_VAR_instance_id"] ?? "",
      };
      const program = resolve("examples/script/main.ts");
      const outcome = await run(process.execPath, [program], { env: { ...more, ...asked } });
      return { ...outcome, empty: true };
    },
    apply: async () => undefined,
    outputs: () => readAll(env),
    traces: async () => "",
  }),
};

async function readAll(env: Env): Promise<Readings> {
  const {
    TF_VAR_cluster_id: clusterId = "",
    TF_VAR_instance_id: instanceId = "",
    TF_VAR_start_time: startTime,
    TF_VAR_end_time: endTime,
  } = env;
  const client = createClient({ env });
  try {
    return {
      dumps: reading(await read(client, dwsAuditDumpRecords, { clusterId })),
      changes: reading(await read(client, dwsParameterModificationRecords, { clusterId })),
      logs: reading(await read(client, ddsAuditLogs, { instanceId, startTime, endTime })),
      clusters: reading(await read(client, dwsClusters, {})),
      instances: reading(await read(client, ddsInstances, { mode: "ReplicaSet" })),
    };
  } finally {
    await client.close();
  }
}
