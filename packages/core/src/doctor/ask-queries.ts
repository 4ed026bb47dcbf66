import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import { everyOf, type Lists } from "../gate/listing/every.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { queries } from "../queries/index.ts";
import type { Query, Service } from "../queries/query.ts";
import { read } from "../reading/read.ts";

/** A query that has to work, and of whom it is asked to see whether it does. */
export interface NeededQuery {
  readonly name: string;
  readonly service: Service;
  /** IDs that the policy names. */
  readonly ids: readonly string[];
  /** The list that says what `"*"` means; absent for a list itself. */
  readonly list?: keyof Lists;
}

/** What came of asking. */
export type AskedQuery =
  | { readonly outcome: "passed"; readonly found: string }
  | { readonly outcome: "skipped"; readonly found: string }
  | { readonly outcome: "failed"; readonly error: AuditError };

/** The queries that a policy needs, lists first; every one without a policy. */
export function neededQueries(policy: GatePolicy | undefined): readonly NeededQuery[] {
  const {
    dwsAuditDumpRecords: dumps = [],
    dwsParameterModificationRecords: changes = [],
    ddsAuditLogs: logs = [],
  } = policy ?? {};
  const all = policy === undefined;
  const clusters = [...dumps, ...changes].flatMap(({ clusterIds }) => clusterIds);
  const instances = logs.flatMap(({ instanceIds, nodeIds = [] }) => [...instanceIds, ...nodeIds]);
  const named = (ids: readonly string[]) => ids.filter((id) => id !== "*");
  return [
    ...(all || clusters.includes("*") ? [listOf("dws_clusters", "dws")] : []),
    ...(all || instances.includes("*") ? [listOf("dds_instances", "dds")] : []),
    ...(all || dumps.length > 0
      ? [trailOf("dws_audit_dump_records", "dws", named(dumps.flatMap(({ clusterIds }) => clusterIds)))]
      : []),
    ...(all || changes.length > 0
      ? [
          trailOf(
            "dws_parameter_modification_records",
            "dws",
            named(changes.flatMap(({ clusterIds }) => clusterIds)),
          ),
        ]
      : []),
    ...(all || logs.length > 0
      ? [trailOf("dds_audit_logs", "dds", named(logs.flatMap(({ instanceIds }) => instanceIds)))]
      : []),
  ];
}

function listOf(name: keyof Lists, service: Service): NeededQuery {
  return { name, service, ids: [] };
}

function trailOf(name: string, service: Service, ids: readonly string[]): NeededQuery {
  return { name, service, ids, list: service === "dws" ? "dws_clusters" : "dds_instances" };
}

/** Records of a list that are enough to find one that has a trail. */
const LISTED = 50;

/** Asks each of them once, for as little as it can: lists first, so that there is somebody to ask the others about. */
export async function askQueries(
  client: Client,
  needed: readonly NeededQuery[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, AskedQuery>> {
  const answers = new Map<string, AskedQuery>();
  const listed = new Map<keyof Lists, readonly string[]>();
  const lists = needed.filter(({ list }) => list === undefined);
  await Promise.all(
    lists.map(async ({ name }) => {
      const query = name as keyof Lists;
      answers.set(
        name,
        await trying(async () => {
          const { records, total } = await askOne(client, name, {}, LISTED, signal);
          listed.set(query, everyOf(query, records as never));
          return `answered: ${total ?? records.length} there`;
        }),
      );
    }),
  );
  const trails = needed.filter(({ list }) => list !== undefined);
  await Promise.all(
    trails.map(async ({ name, ids, list }) => {
      const id = ids[0] ?? (list && listed.get(list)?.[0]);
      answers.set(
        name,
        id === undefined
          ? { outcome: "skipped", found: "nothing to ask about: no id is known" }
          : await trying(async () => {
              await askOne(client, name, argumentsFor(name, id), 1, signal);
              return `answered for ${id}`;
            }),
      );
    }),
  );
  return answers;
}

function argumentsFor(name: string, id: string): object {
  return name === "dds_audit_logs" ? { instanceId: id, last: "1h" } : { clusterId: id };
}

async function askOne(client: Client, name: string, args: object, maxRecords: number, signal: AbortSignal) {
  const query = Object.values(queries).find((each) => each.name === name);
  if (!query) throw new Error(`there is no query ${name}`);
  const asked = query as unknown as Query<object, object, object>;
  const reading = await read(client, asked, asked.args.parse(args), { maxRecords, signal });
  const { complete, incompleteReason = "no reason is given", requestIds } = reading;
  // That there is more than was asked for is no fault.
  if (complete || incompleteReason.startsWith("truncated:")) return reading;
  const [requestId] = requestIds;
  const named = requestId === undefined ? "" : ` (request ${requestId})`;
  const message = `The answer cannot be proved complete: ${incompleteReason}${named}`;
  throw new AuditError("ERR_INCOMPLETE", message, { requestId });
}

async function trying(work: () => Promise<string>): Promise<AskedQuery> {
  try {
    return { outcome: "passed", found: await work() };
  } catch (error) {
    if (!AuditError.is(error)) throw error;
    return { outcome: "failed", error };
  }
}
