import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

/** Where the audit data comes from. */
export interface Backend {
  readonly title: string;
  /** For the programs: where the services are, who asks, and about what. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent where the data is not ours to change. */
  readonly incident?: Incident;
  close(): Promise<void>;
}

/** What can go wrong with the audit trail: the newest dump fails. Both say in words what has happened. */
export interface Incident {
  happen(): string;
  repair(): string;
}

const OURS = /^AUDITGATE_(?!ENGINES$)/;
const VENDORS = /^(?:HW|OS|HUAWEICLOUD_SDK)_/;

/**
 * The server that the environment names, else an emulator.
 *
 * @throws {Error} if a server is named, but not what to ask it for.
 */
export async function openBackend(env: NodeJS.ProcessEnv): Promise<Backend> {
  if (!Object.keys(env).some((name) => OURS.test(name) && env[name])) return emulated(await startEmulator());
  const missing = ["DWS_CLUSTER_ID", "DDS_INSTANCE_ID"].filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new Error(
      `AUDITGATE_… variables name a server, so say what to read there: set ${missing.join(" and ")}, ` +
        "or unset the AUDITGATE_… variables to run against the emulator.",
    );
  }
  const place = [env["AUDITGATE_DWS_ENDPOINT"], env["AUDITGATE_DDS_ENDPOINT"]].filter(Boolean);
  return {
    title: `the server in the environment (${[...new Set(place)].join(", ") || env["AUDITGATE_REGION"] || "from a profile"})`,
    env: {},
    close: async () => undefined,
  };
}

function emulated(emulator: Emulator): Backend {
  const clusterId = sample.clusters.pendingChanges;
  const nothingOfTheUser = Object.keys(process.env).filter((name) => VENDORS.test(name));
  return {
    title: `an emulator of DWS, DDS and IAM at ${emulator.url}`,
    env: {
      ...Object.fromEntries(nothingOfTheUser.map((name) => [name, undefined])),
      ...emulator.env,
      DWS_CLUSTER_ID: clusterId,
      DDS_INSTANCE_ID: sample.instances.healthy,
    },
    incident: incidentOf(emulator, clusterId),
    close: () => emulator.close(),
  };
}

function incidentOf(emulator: Emulator, clusterId: string): Incident {
  const reason = "The OBS bucket audit-archive does not exist or access is denied.";
  const change = (outcome: object) =>
    emulator.update((data) => {
      const dumps = data.clusters.find(({ id }) => id === clusterId)?.dumps;
      if (Array.isArray(dumps)) Object.assign(dumps[0] ?? {}, outcome);
    });
  return {
    happen: () => {
      change({ result: "FAILED", failed_reason: reason });
      return `In the emulator, the newest dump of cluster ${clusterId} has failed: ${reason}`;
    },
    repair: () => {
      change({ result: "SUCCESS", failed_reason: undefined });
      return `In the emulator, the newest dump of cluster ${clusterId} was run again, with success.`;
    },
  };
}
