import { randomBytes } from "node:crypto";
import { json, Refusal, textAnswer, type Answer } from "../http/answer.ts";
import type { Metadata } from "../data/data.ts";
import { issueKey } from "./temporary-keys.ts";
import { header, type Context } from "../http/request.ts";

const longestSessionSeconds = 21_600;
/** The metadata service hands out keys of this lifetime [s]. */
const keySeconds = 6 * 3600;

/** `PUT /meta-data/latest/api/token`: opens a session of version 2 of the metadata service. */
export function answerMetadataToken(context: Context): Answer {
  const { version, tokenStatus = 404 } = metadataOf(context);
  if (version === "v1") throw refused(tokenStatus, "This metadata service has no version 2.");
  const seconds = Number(header(context.request, "x-metadata-token-ttl-seconds"));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestSessionSeconds)
    throw refused(400, `X-Metadata-Token-Ttl-Seconds must be from 1 to ${longestSessionSeconds}.`);
  const token = randomBytes(32).toString("base64url");
  context.state.metadataTokens.set(token, context.state.now() + seconds * 1000);
  return textAnswer(200, token);
}

/** `GET /openstack/latest/securitykey`: a temporary key with the permissions of the agency bound to the machine. */
export function answerSecurityKey(context: Context): Answer {
  const { state } = context;
  const metadata = checkSession(context);
  const user = state.data.accounts
    .find(({ id }) => id === metadata.accountId)
    ?.users.find(({ name }) => name === metadata.user);
  if (user === undefined) throw refused(404, "No agency is bound to this machine.");
  const owner = {
    accountId: metadata.accountId,
    name: user.name,
    userId: user.id,
    permissions: user.permissions,
  };
  return json(200, { credential: issueKey(state, owner, keySeconds) });
}

/** `GET /openstack/latest/meta_data.json`: where the machine runs. */
export function answerMetadata(context: Context): Answer {
  const { projectId } = checkSession(context);
  const { projects, region } = context.state.data;
  const home = projects.find(({ id }) => id === projectId)?.region ?? region;
  return json(200, {
    uuid: "a0d17a7e-0000-4000-8000-00000000ec50",
    name: "emulated-machine",
    hostname: "emulated-machine.novalocal",
    availability_zone: `${home}-01`,
    region_id: home,
    project_id: projectId,
    meta: {},
    launch_index: 0,
  });
}

function checkSession(context: Context): Metadata {
  const { state, request } = context;
  const metadata = metadataOf(context);
  const token = header(request, "x-metadata-token");
  if (metadata.version === "v1" || (metadata.version === "both" && token === undefined)) return metadata;
  const expires = state.metadataTokens.get(token ?? "");
  if (expires === undefined || expires <= state.now()) throw refused(401, "Unauthorized");
  return metadata;
}

function metadataOf(context: Context): Metadata {
  const { metadata } = context.state.data;
  if (metadata === undefined) throw refused(404, "Not Found");
  return metadata;
}

function refused(status: number, reason: string): Refusal {
  return new Refusal(textAnswer(status, reason));
}
