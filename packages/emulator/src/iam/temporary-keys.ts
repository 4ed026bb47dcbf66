import { randomBytes } from "node:crypto";
import { json, type Answer } from "../http/answer.ts";
import { iamProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";
import type { Identity, State } from "../data/state.ts";
import { assumeRole } from "./agencies.ts";
import { at, parseBody, text } from "./body.ts";
import { callerOf } from "./caller.ts";

/** The lifetimes that IAM grants [s]. */
const shortest = 900;
const longest = 86_400;

/** `POST /v3.0/OS-CREDENTIAL/securitytokens`: a temporary AK/SK for the caller, or for an agency he may assume. */
export function answerTemporaryKeys(context: Context): Answer {
  const { state, request } = context;
  const identity = at(at(parseBody(request), "auth"), "identity");
  const methods = at(identity, "methods");
  const method = Array.isArray(methods) ? String(methods[0]) : "";
  if (method !== "token" && method !== "assume_role")
    throw iamProblem(400, "Bad Request", "identity.methods must be token or assume_role.");
  const asked = at(identity, method);
  const caller = callerOf(context, method === "token" ? text(asked, "id") : undefined);
  const owner = method === "token" ? caller : assumeRole(state, caller, asked);
  return json(201, { credential: issueKey(state, owner, lifetime(asked, method === "token" ? 900 : 3600)) });
}

/** A new temporary key in the form of IAM's and the metadata service's answers. */
export function issueKey(state: State, owner: Identity, seconds: number): Record<string, string> {
  const { accountId, name, userId, permissions } = owner;
  const access = `HST${randomBytes(9).toString("hex").toUpperCase()}`.slice(0, 20);
  const secret = randomBytes(20).toString("hex");
  const securityToken = `emulator${randomBytes(120).toString("base64")}`;
  const expires = state.now() + seconds * 1000;
  state.temporaryKeys.set(access, { accountId, name, userId, permissions, secret, securityToken, expires });
  return {
    access,
    secret,
    securitytoken: securityToken,
    expires_at: new Date(expires).toISOString().replace("Z", "000Z"),
  };
}

/** `duration_seconds` may come as a number or as its text. */
function lifetime(asked: unknown, fallback: number): number {
  const given = at(asked, "duration_seconds") ?? at(asked, "duration-seconds");
  if (given === undefined) return fallback;
  const seconds = Number(given);
  if (!Number.isInteger(seconds) || seconds < shortest || seconds > longest)
    throw iamProblem(400, "Bad Request", `duration_seconds must be from ${shortest} to ${longest}.`);
  return seconds;
}
