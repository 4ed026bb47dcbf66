import type { Account, User } from "../data/data.ts";
import { iamProblem } from "../http/problem.ts";
import type { Identity, State } from "../data/state.ts";
import { at, text } from "./body.ts";

/**
 * The user who has this password; users with a passcode need the second method as well.
 *
 * @param identity - `auth.identity` of the request.
 * @param withTotp - Whether the request names the method `totp`.
 * @throws {Refusal} 401 with one and the same message whatever was wrong, as IAM does; 400 if the user is not named.
 */
export function checkPassword(state: State, identity: unknown, withTotp: boolean): Identity {
  const named = at(at(identity, "password"), "user");
  const password = text(named, "password");
  if (password === undefined || (text(named, "id") ?? text(named, "name")) === undefined)
    throw iamProblem(400, "Bad Request", "Expecting to find user and password in identity.password.");
  const found = findUser(state, named);
  if (found === undefined || found.user.password !== password) throw wrong();
  const { account, user } = found;
  if (user.passcode !== undefined) {
    const second = at(at(identity, "totp"), "user");
    const sameUser = text(second, "id") === user.id || text(second, "name") === user.name;
    if (!withTotp || !sameUser || text(second, "passcode") !== user.passcode) throw wrong();
  }
  return { accountId: account.id, name: user.name, userId: user.id, permissions: user.permissions };
}

/** By id, which is unique, or by name together with the account's name or id. */
function findUser(state: State, named: unknown): { account: Account; user: User } | undefined {
  const id = text(named, "id");
  const name = text(named, "name");
  const domain = at(named, "domain");
  const domainId = text(domain, "id");
  const domainName = text(domain, "name");
  for (const account of state.data.accounts) {
    const user = account.users.find((candidate) =>
      id === undefined
        ? candidate.name === name && (account.id === domainId || account.name === domainName)
        : candidate.id === id,
    );
    if (user !== undefined) return { account, user };
  }
  return undefined;
}

function wrong(): Error {
  return iamProblem(401, "Unauthorized", "The username or password is wrong.");
}
