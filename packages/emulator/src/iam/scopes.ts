import { iamProblem } from "../http/problem.ts";
import type { Identity, State } from "../data/state.ts";
import { at, text } from "./body.ts";

/** A project, or without one the account. */
export interface Scope {
  projectId?: string;
}

/**
 * What a token is for: a project by id or by name (names are unique in an account only), the account, or nothing asked,
 * which means the account.
 *
 * @throws {Refusal} 401 if the caller's account has no such project, as IAM answers.
 */
export function scopeOf(state: State, who: Identity, scope: unknown): Scope {
  const asked = at(scope, "project");
  if (asked === undefined) {
    checkAccount(state, who, at(scope, "domain"));
    return {};
  }
  checkAccount(state, who, at(asked, "domain"));
  const id = text(asked, "id");
  const name = text(asked, "name");
  const project = state.data.projects.find(
    (candidate) =>
      candidate.accountId === who.accountId &&
      (id === undefined ? candidate.name === name : candidate.id === id),
  );
  if (project === undefined)
    throw iamProblem(
      401,
      "Unauthorized",
      "The project of the scope does not exist or does not belong to the account.",
    );
  return { projectId: project.id };
}

function checkAccount(state: State, who: Identity, domain: unknown): void {
  const id = text(domain, "id");
  const name = text(domain, "name");
  const account = state.data.accounts.find((candidate) => candidate.id === who.accountId);
  if ((id !== undefined && id !== account?.id) || (name !== undefined && name !== account?.name))
    throw iamProblem(401, "Unauthorized", "The domain of the scope is not the domain of the user.");
}
