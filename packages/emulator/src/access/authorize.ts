import type { Permission } from "../data/data.ts";
import type { Context } from "../http/request.ts";
import { findProject } from "../data/state.ts";

/**
 * Lets a caller pass who may do one of `actions` in this project.
 *
 * @param problem - Makes the service's own 403 out of a reason.
 */
export function authorize(
  context: Context,
  projectId: string,
  actions: readonly Permission[],
  problem: (reason: string) => Error,
): void {
  const { caller, state } = context;
  if (caller === undefined) throw problem("The request is not authenticated.");
  const own = findProject(state, projectId)?.accountId === caller.accountId;
  // A token counts in its own project only; one without project scope counts for IAM, not for services.
  const inScope = caller.auth === "signature" || caller.projectId === projectId;
  if (!own || !inScope) throw problem("The project does not belong to the caller's credentials.");
  const allowed = caller.permissions.some((held) => held === "*" || actions.includes(held));
  if (!allowed)
    throw problem(
      `You do not have following permission to perform this operation: ${actions[0]}. Contact the administrator to obtain permission.`,
    );
}
