import { iamProblem } from "../http/problem.ts";
import type { Identity, State } from "../data/state.ts";
import { text } from "./body.ts";

/**
 * What a caller may do as an agency of another account.
 *
 * @param role - `assume_role` of the request: `domain_name` or `domain_id` of the account that owns the agency, and
 *   `agency_name` (or `xrole_name`, an older spelling).
 * @throws {Refusal} 403 unless there is such an agency and it trusts the caller's account.
 */
export function assumeRole(state: State, caller: Identity, role: unknown): Identity {
  const agencyName = text(role, "agency_name") ?? text(role, "xrole_name");
  const domainName = text(role, "domain_name");
  const domainId = text(role, "domain_id");
  if (agencyName === undefined || (domainName ?? domainId) === undefined)
    throw iamProblem(
      400,
      "Bad Request",
      "Expecting to find agency_name and domain_name or domain_id in assume_role.",
    );
  const owner = state.data.accounts.find(({ id, name }) => id === domainId || name === domainName);
  const agency = owner?.agencies?.find(({ name }) => name === agencyName);
  const own = state.data.accounts.find(({ id }) => id === caller.accountId);
  if (owner === undefined || agency === undefined || agency.trusts !== own?.name)
    throw iamProblem(403, "Forbidden", `You are not authorized to assume the agency ${agencyName}.`);
  return {
    accountId: owner.id,
    name: `${own.name}/${agency.name}`,
    userId: `${owner.id}-${agency.name}`,
    permissions: agency.permissions,
  };
}
