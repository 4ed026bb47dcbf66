import { authorize } from "../access/authorize.ts";
import type { Instance } from "../data/data.ts";
import { pageAnswer, type Answer } from "../http/answer.ts";
import { ddsProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";

/** `GET /v3/{project_id}/instances`; `offset` is the index of the first instance, the latest created one has index 0. */
export function answerInstances(context: Context): Answer {
  const [projectId = ""] = context.params;
  authorize(context, projectId, ["dds:instance:listAll", "dds:instance:list"], (reason) =>
    ddsProblem(403, "DBS.280063", reason),
  );
  const { query } = context.request;
  const limit = wholeNumber(query.get("limit") ?? "100");
  if (limit === undefined || limit < 1 || limit > 100) throw ddsProblem(400, "DBS.280439", "Invalid limit.");
  const offset = wholeNumber(query.get("offset") ?? "0");
  if (offset === undefined) throw ddsProblem(400, "DBS.280440", "Invalid offset.");
  const mode = query.get("mode");
  if (mode !== undefined && !modes.includes(mode)) throw ddsProblem(400, "DBS.200001", "Parameter Error");
  const name = query.get("name");
  if (name === "*" || name === "") throw ddsProblem(400, "DBS.200001", "Parameter Error");
  const rows = context.state.data.instances
    .filter((instance) => instance.projectId === projectId && instance.unlisted !== true)
    .map((instance) => instanceInfo(instance, context.state.data.region))
    .filter((info) => mode === undefined || info["mode"] === mode)
    .filter((info) => name === undefined || isNamed(info["name"], name))
    .filter((info) => (query.get("id") ?? info["id"]) === info["id"])
    .toSorted((a, b) => String(b["created"]).localeCompare(String(a["created"])));
  if (context.conventions.order === "oldest") rows.reverse();
  return pageAnswer({
    items: "instances",
    total: "total_count",
    rows: rows.slice(offset, offset + limit),
    reported: rows.length,
    extra: {},
  });
}

const modes: readonly string[] = ["Sharding", "ReplicaSet", "Single"];

/** An instance as it is listed: what its data leave out is that of an ordinary one. */
function instanceInfo(instance: Instance, region: string): Record<string, unknown> {
  const { id, name, info = {} } = instance;
  const mode = instance.mode ?? (instance.nodes.length > 1 ? "ReplicaSet" : "Single");
  return {
    id,
    name,
    status: "normal",
    port: "8635",
    mode,
    region,
    datastore: { type: "DDS-Community", version: "4.4" },
    engine: "wiredTiger",
    created: "2026-01-10T07:05:52",
    updated: "2026-01-10T07:05:47",
    db_user_name: "rwuser",
    ssl: 1,
    vpc_id: "674e9b42-cd8d-4d25-a2e6-5abcc565b961",
    subnet_id: "f1df08c5-71d1-406a-aff0-de435a51007b",
    security_group_id: "7aa51dbf-5b63-40db-9724-dad3c4828b58",
    backup_strategy: { start_time: "16:00-17:00", keep_days: 7 },
    pay_mode: "0",
    maintenance_window: "02:00-06:00",
    groups: groupsOf(instance, mode),
    enterprise_project_id: "0",
    time_zone: "",
    actions: [],
    tags: [],
    ...info,
  };
}

/** Nodes as the document groups them. A cluster's own nodes are its mongos nodes, which have the audit logs. */
function groupsOf({ id, name, nodes }: Instance, mode: string): unknown[] {
  const node = (nodeId: string, kind: string, number: number, role: string) => ({
    id: nodeId,
    name: `${name}_${kind}_node_${number}`,
    status: "normal",
    role,
    private_ip: `192.168.0.${number}`,
    public_ip: "",
    spec_code: `dds.mongodb.s2.medium.4.${kind}`,
    availability_zone: "eu-de-01",
  });
  const volume = { size: "10", used: "0.33" };
  switch (mode) {
    case "Single":
      return [{ type: "single", volume, nodes: nodes.map((each) => node(each, "single", 1, "Primary")) }];
    case "ReplicaSet":
      return [
        {
          type: "replica",
          volume,
          nodes: nodes.map((each, index) => node(each, "replica", index + 1, roles[index] ?? "Secondary")),
        },
      ];
    default:
      return [
        {
          type: "mongos",
          nodes: nodes.map((each, index) => node(each, "mongos", index + 1, "master")),
        },
        ...["shard", "config"].map((type) => ({
          type,
          id: `${type}${id.slice(type.length, -4)}gr02`,
          name: type === "shard" ? "shard_1" : "config",
          status: "normal",
          volume,
          nodes: roles.map((role, index) =>
            node(`${type}${index}${id.slice(type.length + 1, -4)}no02`, type, index + 1, role),
          ),
        })),
      ];
  }
}

const roles = ["Primary", "Secondary", "Hidden"];

function isNamed(own: unknown, asked: string): boolean {
  return asked.startsWith("*") ? String(own).includes(asked.slice(1)) : own === asked;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
