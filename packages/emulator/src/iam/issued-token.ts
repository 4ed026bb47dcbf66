import { randomBytes } from "node:crypto";
import type { Identity, IssuedToken, State } from "../data/state.ts";
import type { Scope } from "./scopes.ts";

/** A new token, and the text that it is known by. */
export function issueToken(
  state: State,
  who: Identity,
  scope: Scope,
  methods: string[],
): IssuedToken & { text: string } {
  const { accountId, name, userId, permissions } = who;
  const token: IssuedToken = {
    accountId,
    name,
    userId,
    permissions,
    methods,
    expires: state.now() + state.tokenSeconds * 1000,
    ...(scope.projectId === undefined ? {} : { projectId: scope.projectId }),
  };
  const tokenText = `MIIEmulator${randomBytes(150).toString("base64url")}`;
  state.tokens.set(tokenText, token);
  return { ...token, text: tokenText };
}

/** A token as IAM describes it. */
export function describeToken(state: State, token: IssuedToken, quiet: boolean): Record<string, unknown> {
  const account = state.data.accounts.find(({ id }) => id === token.accountId);
  const domain = { id: token.accountId, name: account?.name ?? "" };
  const project = state.data.projects.find(({ id }) => id === token.projectId);
  return {
    expires_at: new Date(token.expires).toISOString().replace("Z", "000Z"),
    issued_at: new Date(state.now()).toISOString().replace("Z", "000Z"),
    methods: token.methods,
    ...(quiet ? {} : { catalog: [] }),
    ...(project === undefined ? { domain } : { project: { id: project.id, name: project.name, domain } }),
    roles: token.permissions.map((permission) => ({ id: "0", name: permission })),
    user: { id: token.userId, name: token.name, domain, password_expires_at: "" },
  };
}
