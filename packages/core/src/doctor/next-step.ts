import type { AuditError } from "../errors.ts";
import { isAboutCertificate } from "../http/network/network-error.ts";
import { permissionText } from "../queries/permissions.ts";
import type { DiagnosisStep } from "./diagnosis.ts";

/** The one thing to do about a step that has failed: one sentence. */
export function nextStepOf(step: DiagnosisStep["step"], about: string | null, error: AuditError): string {
  switch (error.code) {
    case "ERR_CONFIG":
      return ofSettings(step, error);
    case "ERR_UNAUTHENTICATED":
      return "Look at the credentials that are named above: they are wrong, deleted, or have ended.";
    case "ERR_FORBIDDEN":
      return step === "query"
        ? `Have ${permissionText(about ?? "") ?? "the query"} granted in this project; the policy document below has all that is needed.`
        : "Set projectId (AUDITGATE_PROJECT_ID), or have iam:projects:listProjects granted.";
    case "ERR_NOT_FOUND":
      return step === "project"
        ? "Set projectId (AUDITGATE_PROJECT_ID) to the id that the console shows under My Credentials."
        : "Compare the id in the policy with the console, in this region and project.";
    case "ERR_THROTTLED":
      return "Wait a minute and try again; where it stays so, find out what else asks this often with the same account.";
    case "ERR_SERVER":
      return "Try again later; the request id is what the cloud's support asks for.";
    case "ERR_UNSUPPORTED":
      return "See on the vendor's page whether this region has the service, and look at region, cloud and endpoints.";
    case "ERR_ARGUMENT":
      return "Look at the id in the policy: it is none of this service.";
    case "ERR_RESPONSE":
      return "See what answers at that address in place of the service: a gateway, a sign-in page, a cache.";
    case "ERR_INCOMPLETE":
      return "Try again; where it stays so, the service contradicts itself, and the request id is what the cloud's support asks for.";
    case "ERR_TIMEOUT":
    case "ERR_CONNECTION":
      return error.status === undefined
        ? ofNetwork(error)
        : "Try again later; the service was reached, and took too long.";
    case "ERR_ABORTED":
      return "Try again, and let it come to its end.";
  }
}

function ofSettings(step: DiagnosisStep["step"], error: AuditError): string {
  const { message, argument } = error;
  if (isAboutCertificate(error)) {
    return "Find out whose certificate it is; where it is your own authority's, set cacertFile (OS_CACERT) to its file.";
  }
  if (/: the proxy answered HTTP /.test(message)) {
    return "Put right the proxy's address, user and password in the variable that is named, or name this host in NO_PROXY.";
  }
  if (message.startsWith("No credentials were found")) {
    return "Set AUDITGATE_ACCESS_KEY and AUDITGATE_SECRET_KEY, or another way of signing in.";
  }
  if (message.startsWith("No region is known"))
    return "Set the region that the policy is about (AUDITGATE_REGION).";
  if (step === "project") return "Set projectId (AUDITGATE_PROJECT_ID) or region (AUDITGATE_REGION).";
  return `Put right ${argument === undefined ? "the setting" : argument}, where the message says that it comes from.`;
}

function ofNetwork({ message }: AuditError): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) {
    return "See whether region and cloud are right, for they make the host's name, and whether this machine can look up names.";
  }
  if (/ through the proxy /.test(message)) {
    return "See whether the proxy in the variable that is named runs, or name this host in NO_PROXY.";
  }
  return "See whether a firewall or a missing proxy (HTTPS_PROXY) keeps this machine from that host.";
}
