import { pageAnswer, type Answer } from "../http/answer.ts";
import { authorize } from "../access/authorize.ts";
import type { Cluster, ParameterChange } from "../data/data.ts";
import { dumpMaker, lazyRows, parameterChangeMaker, type Rows } from "./generated-rows.ts";
import { ordered, remembered } from "./selection.ts";
import { dwsProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `GET /v1.0/{project_id}/clusters/{cluster_id}/audit-log-records`: everything at once, there is no paging. */
export function answerDumps(context: Context): Answer {
  const cluster = findCluster(context);
  const { dumps } = cluster;
  const rows = Array.isArray(dumps) ? dumps : lazyRows(dumps.generate.count, dumpMaker(dumps, cluster.id));
  const answered = ordered(rows, context.conventions.order, (dump) => Date.parse(`${dump.begin_time}Z`));
  return pageAnswer({
    items: "records",
    total: "count",
    rows: answered.slice(0, answered.length),
    reported: cluster.answers?.dumpCount ?? answered.length,
    extra: { cluster_id: cluster.answers?.clusterId ?? cluster.id },
  });
}

/** `GET /v1/{project_id}/clusters/{cluster_id}/configurations/audit-records`; `offset` is the page number minus 1. */
export function answerParameterChanges(context: Context): Answer {
  const cluster = findCluster(context);
  const limit = wholeNumber(context, "limit", 10, 1);
  const offset = wholeNumber(context, "offset", 0, 0);
  const rows = selectChanges(context, cluster);
  return pageAnswer({
    items: "records",
    total: "count",
    rows: rows.slice(offset * limit, (offset + 1) * limit),
    reported: cluster.answers?.parameterCount ?? rows.length,
    extra: {},
  });
}

/**
 * `action_time`, `filter_by` and `filter` are named but not explained by the vendor. Assumed: changes that started at
 * or after `action_time` [ms since 1970-01-01 UTC]; records whose field `filter_by` contains `filter`.
 */
function selectChanges(context: Context, cluster: Cluster): Rows<ParameterChange> {
  const { query } = context.request;
  const { parameterChanges: list } = cluster;
  const all: Rows<ParameterChange> = Array.isArray(list)
    ? list
    : lazyRows(list.generate.count, parameterChangeMaker(list));
  const { order } = context.conventions;
  const since = wholeNumber(context, "action_time", 0, 0);
  const field = query.get("filter_by") ?? "";
  const text = query.get("filter") ?? "";
  if (since === 0 && field === "" && order === "as-is") return all;
  if (field !== "" && !fields.includes(field))
    throw invalid(context, `filter_by must be one of ${fields.join(", ")}`);
  return remembered(context.state, list, [order, since, field, text].join("|"), () => {
    const chosen = all
      .slice(0, all.length)
      .filter((change) => since === 0 || startOf(change) >= since)
      .filter((change) => field === "" || contains(change[field], text));
    return ordered(chosen, order, startOf);
  });
}

function contains(value: unknown, part: string): boolean {
  return (typeof value === "string" || typeof value === "number") && String(value).includes(part);
}

const fields = ["id", "operator", "start_time", "end_time", "status", "failed_reason"];

function startOf(change: ParameterChange): number {
  return Date.parse(change.start_time ?? "");
}

function findCluster(context: Context): Cluster {
  const [projectId = "", clusterId = ""] = context.params;
  const { path } = context.request;
  authorize(context, projectId, ["dws:cluster:listAuditLog"], (reason) =>
    dwsProblem(path, 403, "APIGW.0302", reason),
  );
  if (!guid.test(clusterId)) throw invalid(context, "cluster_id must be a 36-digit UUID");
  const { data } = context.state;
  const cluster = data.clusters.find(({ id }) => id === clusterId.toLowerCase());
  if (cluster?.projectId === projectId) return cluster;
  switch (data.notFound) {
    case "DWS.0047":
      throw dwsProblem(path, 401, "DWS.0047", "The cluster does not exist or you have no permission.");
    case "DWS.0015":
      throw dwsProblem(path, 403, "DWS.0015", "The cluster does not exist or cannot be accessed.");
    default:
      throw dwsProblem(path, 404, "DWS.3027", "The cluster does not exist.");
  }
}

function wholeNumber(context: Context, name: string, fallback: number, least: number): number {
  const text = context.request.query.get(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < least)
    throw invalid(context, `${name} must be an integer of at least ${least}`);
  return value;
}

function invalid(context: Context, reason: string): Error {
  return dwsProblem(context.request.path, 400, "DWS.0001", `The request is invalid: ${reason}.`);
}
