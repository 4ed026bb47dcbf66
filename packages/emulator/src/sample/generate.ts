import type { EmulatorData } from "../data/data.ts";
import { sampleAccounts, sampleProjects } from "./accounts.ts";
import { sampleClusters } from "./clusters.ts";
import { documentClusters, documentInstance } from "./documents.ts";
import { fleetClusters, fleetInstances } from "./fleet.ts";
import { sampleInstances } from "./instances.ts";
import { sample } from "./names.ts";
import { seededRandom } from "./random.ts";

/** What the generated data set depends on. */
export interface SampleOptions {
  /** Where the newest records end; default: the start of the current hour. */
  anchor?: Date;
  /** Another seed gives other sizes, operators and seconds, never other ids of clusters or instances. Default 1. */
  seed?: number;
}

/** The generated data set: the same for the same anchor and seed, down to the last byte. */
export function generateData({ anchor = new Date(), seed = 1 }: SampleOptions = {}): EmulatorData {
  const anchorMs = Math.floor(anchor.getTime() / 3_600_000) * 3_600_000;
  const random = seededRandom(seed);
  return {
    region: sample.region,
    accounts: sampleAccounts(),
    projects: sampleProjects(),
    clusters: [...sampleClusters(anchorMs, random), ...documentClusters(), ...fleetClusters(anchorMs)],
    instances: [...sampleInstances(anchorMs, random), documentInstance(), ...fleetInstances(anchorMs)],
    metadata: {
      version: "both",
      accountId: sample.domain.id,
      user: sample.auditor.name,
      projectId: sample.project.id,
    },
    container: { accountId: sample.domain.id, user: sample.auditor.name, token: sample.container.token },
  };
}
