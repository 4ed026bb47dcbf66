import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { lengthOf } from "../gate/trail/wording.ts";
import type { Service } from "../queries/query.ts";
import type { SettingDescription } from "../settings/describe.ts";
import { askQueries, type AskedQuery, type NeededQuery, neededQueries } from "./ask-queries.ts";
import type { Diagnosis, DiagnosisStep } from "./diagnosis.ts";
import { nextStepOf } from "./next-step.ts";
import { permissionsFor } from "./permissions.ts";
import { probe } from "./probe.ts";

/** Longest time in which an endpoint must let itself be connected to [ms]. */
const PROBE_MS = 2000;
/** Longest time until something must have answered a request, from the beginning [ms]. */
const FIRST_ANSWER_MS = 4000;
/** Longest time in all, where something answers [ms]. */
export const PATIENCE_MS = 30_000;
/** What signatures and ages are not harmed by [ms]. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Looks at one place: settings, endpoints, sign-in, project, clock, and each query that the policy needs. */
export async function diagnoseClient(
  client: Client,
  policy: GatePolicy | undefined,
  signal: AbortSignal | undefined,
): Promise<Omit<Diagnosis, "target">> {
  const { connection } = client;
  const stop = new AbortController();
  const timer = setTimeout(() => {
    if (connection.skewMs === undefined) stop.abort(new Error("nothing has answered"));
  }, FIRST_ANSWER_MS);
  const context = {
    signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]),
    deadline: performance.now() + PATIENCE_MS,
  };
  try {
    // That nothing is asked twice is the diagnosis' own wish.
    const settings = (await connection.describe()).filter(({ origin }) => origin !== "option maxRetries");
    const needed = neededQueries(policy);
    const needs = needsOf(settings);
    const services = [
      ...new Set([...(needs.iam ? ["iam" as const] : []), ...needed.map((each) => each.service)]),
    ];
    // Where signing in takes no endpoint of ours, the machine's own service may have to be waited for.
    const early = needs.iamToSignIn ? undefined : outcomeOf(() => connection.identify(context));
    const endpoints = await Promise.all(services.map((service) => endpointStep(client, service)));
    const closed = new Set(endpoints.filter(({ outcome }) => outcome === "failed").map(({ about }) => about));
    const signedIn = await (early ??
      (closed.has("iam") ? undefined : outcomeOf(() => connection.identify(context))));
    const canLookUp = signedIn === true && !(needs.projectLookup && closed.has("iam"));
    const project = canLookUp ? await outcomeOf(() => connection.scope(context)) : undefined;
    const open = needed.filter(({ service }) => !closed.has(service));
    const asked =
      project === true ? await askQueries(client, open, context.signal) : new Map<string, AskedQuery>();
    const place = await connection.place();
    if (signal?.aborted) throw new AuditError("ERR_ABORTED", "The diagnosis was aborted.");
    const steps = [
      passed("settings", null, `${settings.length} in use`),
      ...endpoints,
      signInStep(place.identity ?? "nothing", signedIn, project, asked),
      projectStep(place, project),
      clockStep(connection.skewMs),
      ...needed.map((each) => queryStep(each, asked.get(each.name), closed)),
    ];
    return {
      passed: !steps.some(({ outcome }) => outcome === "failed"),
      settings,
      steps: steps.map((step) => inTime(step, stop.signal)),
      permissions: permissionsFor(
        needed.map(({ name }) => name),
        { openTelekomCloud: place.enterpriseProjects === false, projectLookup: needs.projectLookup },
      ),
    };
  } catch (error) {
    if (!AuditError.is(error) || error.code === "ERR_ABORTED") throw error;
    return unset(error);
  } finally {
    clearTimeout(timer);
  }
}

/** What there is to say where the settings themselves are in error. */
export function unset(error: AuditError): Omit<Diagnosis, "target"> {
  return { passed: false, settings: [], steps: [failed("settings", null, error)], permissions: [] };
}

interface Needs {
  readonly iam: boolean;
  readonly iamToSignIn: boolean;
  readonly projectLookup: boolean;
}

function needsOf(settings: readonly SettingDescription[]): Needs {
  const names = new Set(settings.map(({ name }) => name));
  const iamToSignIn = ["password", "idTokenFile", "assumeRole.agencyName"].some((name) => names.has(name));
  const projectLookup = !names.has("projectId") && !names.has("password");
  return { iam: iamToSignIn || projectLookup, iamToSignIn, projectLookup };
}

async function endpointStep(client: Client, service: Service | "iam"): Promise<DiagnosisStep> {
  try {
    const reach = await client.connection.reach(service);
    const { tls, chain } = await probe(reach, PROBE_MS);
    const through = reach.proxy ? ` through the proxy ${reach.proxy.origin} (${reach.proxy.variable})` : "";
    const how = tls === undefined ? "plain http" : `${tls}, certificates: ${chain.join("; ")}`;
    return passed("endpoint", service, `${reach.origin}${through}: ${how}`);
  } catch (error) {
    if (!AuditError.is(error)) throw error;
    return failed("endpoint", service, error);
  }
}

/** True, or what kept it from being so; undefined where it was not tried. */
type Tried = true | AuditError | undefined;

async function outcomeOf(work: () => Promise<unknown>): Promise<true | AuditError> {
  try {
    await work();
    return true;
  } catch (error) {
    if (AuditError.is(error)) return error;
    throw error;
  }
}

function isRefused(tried: unknown): tried is AuditError {
  return AuditError.is(tried) && tried.code === "ERR_UNAUTHENTICATED";
}

function signInStep(
  identity: string,
  signedIn: Tried,
  project: Tried,
  asked: ReadonlyMap<string, AskedQuery>,
): DiagnosisStep {
  if (signedIn === undefined) return skipped("sign-in", null, "IAM cannot be reached");
  if (signedIn !== true) return failed("sign-in", null, signedIn);
  const errors = [...asked.values()].flatMap((each) => (each.outcome === "failed" ? [each.error] : []));
  // A key is believed when a service has believed it.
  const refusal = [project, ...errors].find(isRefused);
  if (refusal) return failed("sign-in", null, refusal);
  const isBelieved =
    [...asked.values()].some(({ outcome }) => outcome === "passed") ||
    errors.some(({ code }) => code === "ERR_FORBIDDEN" || code === "ERR_NOT_FOUND");
  return isBelieved
    ? passed("sign-in", null, `by ${identity}`)
    : skipped("sign-in", null, `by ${identity}; no service has said yet whether it accepts that`);
}

function projectStep(
  { region, projectId }: { readonly region?: string | undefined; readonly projectId?: string | undefined },
  project: Tried,
): DiagnosisStep {
  if (project === undefined) return skipped("project", null, "not signed in, or IAM cannot be reached");
  if (isRefused(project)) return skipped("project", null, "not signed in");
  if (project !== true) return failed("project", null, project);
  const which = projectId === undefined ? "found by its name" : `${projectId}, as it is set`;
  return passed("project", null, `${which}${region === undefined ? "" : ` in ${region}`}`);
}

function clockStep(skewMs: number | undefined): DiagnosisStep {
  if (skewMs === undefined) return skipped("clock", null, "no service has said what time it is");
  const by = lengthOf(Math.abs(skewMs));
  if (Math.abs(skewMs) <= CLOCK_TOLERANCE_MS) return passed("clock", null, `as the service's, to ${by}`);
  const found = `this machine's is ${by} ${skewMs > 0 ? "behind" : "ahead of"} the service's`;
  const next = "Set this machine's clock, and let NTP keep it.";
  return { step: "clock", about: null, outcome: "failed", found, code: null, next };
}

function queryStep(
  { name, service }: NeededQuery,
  asked: AskedQuery | undefined,
  closed: ReadonlySet<string | null>,
): DiagnosisStep {
  if (closed.has(service)) return skipped("query", name, `${service.toUpperCase()} cannot be reached`);
  if (!asked) return skipped("query", name, "not signed in, or no project is known");
  if (asked.outcome !== "failed") return { ...passed("query", name, asked.found), outcome: asked.outcome };
  return isRefused(asked.error)
    ? skipped("query", name, "not signed in")
    : failed("query", name, asked.error);
}

function passed(step: DiagnosisStep["step"], about: string | null, found: string): DiagnosisStep {
  return { step, about, outcome: "passed", found, code: null, next: null };
}

function skipped(step: DiagnosisStep["step"], about: string | null, why: string): DiagnosisStep {
  return { step, about, outcome: "skipped", found: why, code: null, next: null };
}

function failed(step: DiagnosisStep["step"], about: string | null, error: AuditError): DiagnosisStep {
  const { code, message } = error;
  return { step, about, outcome: "failed", found: message, code, next: nextStepOf(step, about, error) };
}

/** What was stopped because nothing had answered by then says so. */
function inTime(step: DiagnosisStep, stopped: AbortSignal): DiagnosisStep {
  if (step.code !== "ERR_ABORTED" || !stopped.aborted) return step;
  const error = new AuditError("ERR_TIMEOUT", `Nothing has answered within ${FIRST_ANSWER_MS / 1000} s.`);
  return failed(step.step, step.about, error);
}
