import {
  type Client,
  ddsAuditLogs,
  ddsInstances,
  dwsAuditDumpRecords,
  dwsClusters,
  dwsParameterModificationRecords,
  read,
  type ReadOptions,
} from "@auditgate/core";
import { sample } from "@auditgate/emulator";

/** One question of each query, on the larger lists of the emulator's data. */
export const questions = {
  dumps: (client: Client, options?: ReadOptions) =>
    read(client, dwsAuditDumpRecords, { clusterId: sample.clusters.failedDump }, options),
  parameters: (client: Client, options?: ReadOptions) =>
    read(client, dwsParameterModificationRecords, { clusterId: sample.clusters.busy }, options),
  logs: (client: Client, options?: ReadOptions) =>
    read(client, ddsAuditLogs, { instanceId: sample.instances.healthy, last: "95d" }, options),
  clusters: (client: Client, options?: ReadOptions) =>
    read(client.with({ projectId: sample.fleet.project.id }), dwsClusters, {}, options),
  instances: (client: Client, options?: ReadOptions) =>
    read(client.with({ projectId: sample.fleet.project.id }), ddsInstances, {}, options),
};

/** Name of a query in {@link questions}. */
export type Question = keyof typeof questions;

/** All of them. */
export const questionNames = Object.keys(questions) as Question[];
