import { json, type Answer } from "../http/answer.ts";
import { header, type Context } from "../http/request.ts";
import { iamProblem } from "../http/problem.ts";
import { issueKey } from "./temporary-keys.ts";

/** The cluster's agent hands out keys of this lifetime [s]. */
const keySeconds = 6 * 3600;

/** `POST /v1/credentials`: what a cluster's agent answers to a container that shows its own token (CCE's pod identity). */
export function answerContainer({ state, request }: Context): Answer {
  const { container, accounts } = state.data;
  if (container === undefined) throw iamProblem(404, "Not Found", "There is no agent on this node.");
  if (header(request, "authorization") !== container.token)
    throw iamProblem(401, "Unauthorized", "The service account token is invalid or has expired.");
  const user = accounts
    .find(({ id }) => id === container.accountId)
    ?.users.find(({ name }) => name === container.user);
  if (user === undefined)
    throw iamProblem(404, "Not Found", "No pod identity association of this service account.");
  const owner = {
    accountId: container.accountId,
    name: user.name,
    userId: user.id,
    permissions: user.permissions,
  };
  const { access, secret, securitytoken, expires_at: expiration } = issueKey(state, owner, keySeconds);
  return json(200, {
    assumedAgency: { urn: "", id: "" },
    audience: "",
    credentials: {
      accessKeyId: access,
      secretAccessKey: secret,
      securityToken: securitytoken,
      expiration,
    },
    podIdentityAssociationId: "",
    subject: { namespace: "default", serviceAccount: "default" },
  });
}
