import { authorize } from "../access/authorize.ts";
import type { Cluster } from "../data/data.ts";
import { findProject } from "../data/state.ts";
import { pageAnswer, type Answer } from "../http/answer.ts";
import { dwsProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";

/** Regions of Open Telekom Cloud, whose page of this request has no query parameters. */
const withoutEnterpriseProjects = new Set(["eu-de", "eu-nl", "eu-ch2"]);

/**
 * `GET /v1.0/{project_id}/clusters`: all clusters at once. Assumed for regions that know enterprise projects: without the
 * parameter, those of the default one are listed.
 */
export function answerClusters(context: Context): Answer {
  const [projectId = ""] = context.params;
  const { path, query } = context.request;
  authorize(context, projectId, ["dws:cluster:list"], (reason) =>
    dwsProblem(path, 403, "APIGW.0302", reason),
  );
  const region = findProject(context.state, projectId)?.region ?? "";
  const asked = query.get("enterprise_project_id");
  if (asked !== undefined && withoutEnterpriseProjects.has(region))
    throw dwsProblem(
      path,
      400,
      "DWS.0001",
      "The request is invalid: unknown parameter enterprise_project_id.",
    );
  const rows = context.state.data.clusters
    .filter((cluster) => cluster.projectId === projectId && cluster.unlisted !== true)
    .map(clusterInfo)
    .filter(
      ({ enterprise_project_id: own }) =>
        withoutEnterpriseProjects.has(region) || asked === "all_granted_eps" || own === (asked ?? "0"),
    );
  if (context.conventions.order === "oldest") rows.reverse();
  return pageAnswer({ items: "clusters", total: "count", rows, reported: rows.length, extra: {} });
}

/** A cluster as it is listed: what its data leave out is that of an ordinary one. */
function clusterInfo({ id, name, info = {} }: Cluster): Record<string, unknown> {
  return {
    id,
    name,
    status: "AVAILABLE",
    version: "8.2.1",
    updated: "2026-01-10T14:28:14Z",
    created: "2026-01-10T14:26:14Z",
    port: 8000,
    endpoints: [
      {
        connect_info: `${name}.dws.internal:8000`,
        jdbc_url: `jdbc:postgresql://${name}.dws.internal:8000/gaussdb`,
      },
    ],
    nodes: [1, 2, 3].map((node) => ({ id: `${id.slice(0, -4)}a00${node}`, status: "200" })),
    tags: [],
    user_name: "dbadmin",
    number_of_node: 3,
    recent_event: 0,
    availability_zone: "eu-de-01",
    enterprise_project_id: "0",
    node_type: "dws.m3.xlarge",
    vpc_id: "85b20d7e-9eb7-4b2a-98f3-3c8843ea3574",
    subnet_id: "374eca02-cfc4-4de7-8ab5-dbebf7d9a720",
    public_ip: { public_bind_type: "not_use", eip_id: "" },
    public_endpoints: [],
    action_progress: {},
    sub_status: "NORMAL",
    task_status: null,
    security_group_id: "dc3ec145-9029-4b39-b5a3-ace5a01f772b",
    ...info,
  };
}
