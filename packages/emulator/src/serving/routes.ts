import type { Answer } from "../http/answer.ts";
import { answerAuditLogs } from "../trails/dds.ts";
import { answerDumps, answerParameterChanges } from "../trails/dws.ts";
import { answerClusters } from "../listings/clusters.ts";
import { answerInstances } from "../listings/instances.ts";
import { answerOwnProjects, answerProjects } from "../iam/projects.ts";
import { answerContainer } from "../iam/container.ts";
import { answerFederation } from "../iam/federation.ts";
import { answerTokens } from "../iam/tokens.ts";
import { answerTemporaryKeys } from "../iam/temporary-keys.ts";
import { answerMetadata, answerMetadataToken, answerSecurityKey } from "../iam/metadata.ts";
import type { Api, Context } from "../http/request.ts";

/** One documented request and who answers it. */
export interface Route {
  api: Api;
  method: string;
  /** Its groups become `params`. */
  path: RegExp;
  /** Whether the caller has to prove who he is before the handler is asked. */
  authenticated: boolean;
  answer(context: Context): Answer;
}

const routes: readonly Route[] = [
  {
    api: "dumps",
    method: "GET",
    path: /^\/v1\.0\/([^/]+)\/clusters\/([^/]+)\/audit-log-records\/?$/,
    authenticated: true,
    answer: answerDumps,
  },
  {
    api: "parameters",
    method: "GET",
    path: /^\/v1\/([^/]+)\/clusters\/([^/]+)\/configurations\/audit-records\/?$/,
    authenticated: true,
    answer: answerParameterChanges,
  },
  {
    api: "logs",
    method: "GET",
    path: /^\/v3\/([^/]+)\/instances\/([^/]+)\/auditlog\/?$/,
    authenticated: true,
    answer: answerAuditLogs,
  },
  {
    api: "clusters",
    method: "GET",
    path: /^\/v1\.0\/([^/]+)\/clusters\/?$/,
    authenticated: true,
    answer: answerClusters,
  },
  {
    api: "instances",
    method: "GET",
    path: /^\/v3\/([^/]+)\/instances\/?$/,
    authenticated: true,
    answer: answerInstances,
  },
  {
    api: "tokens",
    method: "POST",
    path: /^\/v3\/auth\/tokens\/?$/,
    authenticated: false,
    answer: answerTokens,
  },
  {
    api: "projects",
    method: "GET",
    path: /^\/v3\/projects\/?$/,
    authenticated: true,
    answer: answerProjects,
  },
  {
    api: "projects",
    method: "GET",
    path: /^\/v3\/auth\/projects\/?$/,
    authenticated: true,
    answer: answerOwnProjects,
  },
  {
    api: "keys",
    method: "POST",
    path: /^\/v3\.0\/OS-CREDENTIAL\/securitytokens\/?$/,
    authenticated: false,
    answer: answerTemporaryKeys,
  },
  {
    api: "tokens",
    method: "POST",
    path: /^\/v3\.0\/OS-AUTH\/id-token\/tokens\/?$/,
    authenticated: false,
    answer: answerFederation,
  },
  {
    api: "container",
    method: "POST",
    path: /^\/v1\/credentials\/?$/,
    authenticated: false,
    answer: answerContainer,
  },
  {
    api: "metadata",
    method: "PUT",
    path: /^\/meta-data\/latest\/api\/token$/,
    authenticated: false,
    answer: answerMetadataToken,
  },
  {
    api: "metadata",
    method: "GET",
    path: /^\/openstack\/latest\/securitykey$/,
    authenticated: false,
    answer: answerSecurityKey,
  },
  {
    api: "metadata",
    method: "GET",
    path: /^\/openstack\/latest\/meta_data\.json$/,
    authenticated: false,
    answer: answerMetadata,
  },
];

/** The route of a request and the variable parts of its path. */
export function findRoute(method: string, path: string): { route: Route; params: string[] } | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { route, params: match.slice(1).map(decodeSegment) };
  }
  return undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
