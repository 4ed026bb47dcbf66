import type { AuditErrorCode } from "../../packages/core/src/errors.ts";

/** What usually leads to each error, and what helps. */
export const remedies: Readonly<
  Record<AuditErrorCode, { readonly causes: string; readonly remedy: string }>
> = {
  ERR_CONFIG: {
    causes:
      "No credentials, region or project could be found; half of a pair is missing, such as the secret key; a profile is asked for that no file has; an endpoint has a path or is plain http; several projects have the name; a server's certificate is not trusted.",
    remedy:
      "The message names the setting and where its value came from. [Credentials](credentials.md) has the order of all places. For a certificate of your own authority, set `cacertFile`.",
  },
  ERR_ARGUMENT: {
    causes:
      "An instant without a zone, a cluster id that is no GUID, `last` beside `startTime`, a misspelled rule of a gate, an unknown argument; or the service found one malformed.",
    remedy:
      "The message names the argument and what would be right; `argument` holds its name. Instants are written as in [Windows and completeness](windows-and-completeness.md#instants).",
  },
  ERR_UNAUTHENTICATED: {
    causes:
      "A wrong or deleted access key, an expired token or security token, a wrong password or passcode, or a clock that is off by more than the service allows and cannot be corrected.",
    remedy:
      "The message says where the refused credentials came from: check those, not others. A passcode is good once; sign in again.",
  },
  ERR_FORBIDDEN: {
    causes: "The user or agency has no policy that allows the query, or not in this project.",
    remedy:
      "Grant the action that the [table of permissions](gates.md#permissions) names, in the project that is read.",
  },
  ERR_NOT_FOUND: {
    causes:
      "The id is of another region or project, the cluster or instance was deleted, or no project has the name. DWS says so with the statuses 400, 401, 403 and 404; all of them are recognised.",
    remedy:
      "Compare id, region and project with the console; ids of DWS are GUIDs, ids of DDS end in `in02`.",
  },
  ERR_THROTTLED: {
    causes: "Too many requests for the account: of this program or of others that share its limits.",
    remedy:
      "Reading slows down by itself and goes on until its deadline, so raise `timeoutMs` (`timeout_seconds`), lower `concurrency`, or run fewer readings at once.",
  },
  ERR_SERVER: {
    causes: "The service or a gateway before it fails.",
    remedy:
      "Try again later; `requestId` is what the cloud's support asks for. `retry.attempts` (`max_retries`) tries longer.",
  },
  ERR_CONNECTION: {
    causes:
      "No route, a wrong endpoint, a proxy, a firewall, DNS; or connections that break again and again.",
    remedy:
      "The message names the host and the network's reason. Check the endpoint, `HTTPS_PROXY` and `NO_PROXY`.",
  },
  ERR_TIMEOUT: {
    causes:
      "The whole reading has one deadline, 300 seconds if you set none: a slow network, or very many records.",
    remedy: "Raise `timeoutMs` (`timeout_seconds`), ask for a shorter window, or stream with `records`.",
  },
  ERR_RESPONSE: {
    causes:
      "HTML with status 200 from a gateway or a captive portal, an empty or cut body, a redirect, a record without what the vendor documents, a number too large to be exact.",
    remedy:
      "See what answers at that address. If it is the service itself, report it with `requestId`: the documents and the service disagree.",
  },
  ERR_INCOMPLETE: {
    causes:
      "The list kept moving while it was read, the service's total differs from what it lists, or `maxRecords` ended the reading. `read` returns this as `complete: false`; only `records` throws.",
    remedy:
      "Read again. If it stays so, [Windows and completeness](windows-and-completeness.md#when-a-reading-is-not-complete) says what each reason means; `allowIncomplete: true` takes what there is.",
  },
  ERR_ABORTED: {
    causes: "Your own signal, `client.close()` during a reading, or an engine that was stopped.",
    remedy: "None is needed.",
  },
  ERR_UNSUPPORTED: {
    causes: "The region's service has no such query, or the endpoint is another service's.",
    remedy: "Compare with the vendor's page of the query; check `endpoints` and `cloud`.",
  },
};
