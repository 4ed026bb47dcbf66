import { pageAnswer, type Answer } from "../http/answer.ts";
import { authorize } from "../access/authorize.ts";
import { selectLogs } from "./dds-selection.ts";
import type { Instance } from "../data/data.ts";
import { parseOffsetTime } from "./instant.ts";
import { ddsProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";

const longestSpanMs = 30 * 24 * 3_600_000;

/** `GET /v3/{project_id}/instances/{instance_id}/auditlog`; `offset` is the index of the first record. */
export function answerAuditLogs(context: Context): Answer {
  const instance = findInstance(context);
  const { query } = context.request;
  const start = parseOffsetTime(query.get("start_time") ?? "");
  if (start === undefined) throw ddsProblem(400, "DBS.280067", "Invalid start time.");
  const end = parseOffsetTime(query.get("end_time") ?? "");
  if (end === undefined || end <= start || end - start > longestSpanMs)
    throw ddsProblem(400, "DBS.280068", "Invalid end time.");
  const limit = wholeNumber(query.get("limit") ?? "100");
  if (limit === undefined || limit < 1 || limit > 100) throw ddsProblem(400, "DBS.280439", "Invalid limit.");
  const offset = wholeNumber(query.get("offset") ?? "0");
  if (offset === undefined) throw ddsProblem(400, "DBS.280440", "Invalid offset.");
  const nodeId = query.get("node_id");
  if (nodeId === "") throw ddsProblem(400, "DBS.280407", "Invalid node ID.");
  if (nodeId !== undefined && !instance.nodes.includes(nodeId))
    throw ddsProblem(404, "DBS.200013", "This node does not exist.");
  const rows = selectLogs(context, instance, { start, end }, nodeId);
  return pageAnswer({
    items: "audit_logs",
    total: "total_record",
    rows: rows.slice(offset, offset + limit),
    reported: instance.answers?.totalRecord ?? rows.length,
    extra: {},
  });
}

function findInstance(context: Context): Instance {
  const [projectId = "", instanceId = ""] = context.params;
  authorize(context, projectId, ["dds:instance:listAuditLog", "dds:instance:list"], (reason) =>
    ddsProblem(403, "DBS.280063", reason),
  );
  const instance = context.state.data.instances.find(({ id }) => id === instanceId);
  if (instance?.projectId !== projectId)
    throw ddsProblem(404, "DBS.200002", "The DB instance does not exist.");
  return instance;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
