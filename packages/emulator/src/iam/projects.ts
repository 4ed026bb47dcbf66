import { json, type Answer } from "../http/answer.ts";
import { iamProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";

/** `GET /v3/projects?name=`: the projects of the caller's account. */
export function answerProjects(context: Context): Answer {
  const { request, caller } = context;
  if (caller === undefined)
    throw iamProblem(401, "Unauthorized", "The request you have made requires authentication.");
  if (!caller.permissions.some((held) => held === "*" || held === "iam:projects:listProjects"))
    throw iamProblem(
      403,
      "Forbidden",
      "You are not authorized to perform the requested action: iam:projects:listProjects.",
    );
  return listOf(context, request.query.get("name"));
}

/** `GET /v3/auth/projects`: those that the caller may enter, which needs no permission. Names are not filtered. */
export function answerOwnProjects(context: Context): Answer {
  return listOf(context, undefined);
}

function listOf({ state, caller, request }: Context, name: string | undefined): Answer {
  const projects = state.data.projects
    .filter((project) => project.accountId === caller?.accountId)
    .filter((project) => name === undefined || project.name === name)
    .map((project) => ({
      domain_id: project.accountId,
      is_domain: false,
      parent_id: project.accountId,
      name: project.name,
      description: "",
      links: { self: `/v3/projects/${project.id}` },
      id: project.id,
      enabled: true,
    }));
  return json(200, { links: { next: null, previous: null, self: request.path }, projects });
}
