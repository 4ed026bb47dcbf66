import type { Identity } from "./identity.ts";
import { AuditError, rephrase } from "../errors.ts";
import type { Clock } from "./clock.ts";
import { limit, type Limit } from "./limit.ts";
import type { Logger } from "../logger.ts";
import { causeOf, isAboutCertificate, networkError, withAuthority } from "./network/network-error.ts";
import type { Pace, Place } from "./pace.ts";
import { backoffMs, RETRY_AFTER_CAP_MS, retryAfterMs, verdictOn } from "./retry.ts";
import type { HttpRequest, HttpResponse, Transport } from "./message.ts";
import { secretsSent } from "./secrets-sent.ts";
import { requestIdOf, responseError, statedErrorOf } from "./vendor-error.ts";
import type { Redaction } from "../texts/redaction.ts";

/** What every request of one reading has in common. */
export interface CallContext {
  /** Aborted by the caller. */
  readonly signal?: AbortSignal | undefined;
  /** End of all attempts, on the clock of `performance.now()` [ms]. */
  readonly deadline: number;
}

/** A request that may be sent several times; every attempt is prepared, and so signed, anew. */
export interface Task extends CallContext {
  /** Who asks; found before a place is taken, for finding it may need requests of its own. */
  identity?(): Promise<Identity>;
  /** Builds the request, signed at `now`. */
  prepare(identity: Identity | undefined, now: Date): HttpRequest;
  /** Told that the identity was refused; true where the next one is a new one. Asked once. */
  renew?(refused: Identity): boolean;
}

/** A response that succeeded. */
export interface Answer {
  /** The body, a JSON object; integers beyond 2^53 are rounded. */
  readonly body: { readonly [key: string]: unknown };
  /** The body as it came. */
  readonly text: string;
  /** Headers of the response, by their names in lower case. */
  readonly headers: HttpResponse["headers"];
  /** The vendor's id of the request; undefined where it gave none. */
  readonly requestId: string | undefined;
}

/** What an attempt works with. */
export interface AttemptParts {
  readonly transport: Transport;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Knows whatever was sent as a secret. */
  readonly redaction: Redaction;
  /** Longest time of one attempt [ms]. */
  readonly attemptMs: number;
  readonly random: () => number;
}

/** What came of one attempt. */
export type Attempt = { readonly answer: Answer } | Failure;

/** An attempt that failed, and what is needed to decide on another one. */
export interface Failure {
  readonly error: AuditError;
  readonly response?: HttpResponse;
  readonly identity?: Identity | undefined;
  /** Correction of the clock that the request was signed with [ms]. */
  readonly offsetMs?: number;
  /** True where the error's code alone would not say that another attempt may help. */
  readonly transient?: boolean;
  /** Wait that the service asks for [ms]. */
  readonly waitMs?: number | undefined;
}

/**
 * Waits for a place among the requests at once, signs, sends and reads one response.
 *
 * @param stops - Aborted by the caller or the client.
 * @throws {AuditError} `ERR_ABORTED` then, or whatever finding the identity throws.
 */
export async function attemptOnce(
  parts: AttemptParts,
  task: Task,
  stops: readonly AbortSignal[],
  remainingMs: number,
): Promise<Attempt> {
  const started = performance.now();
  const identity = await task.identity?.();
  const time = limit(stops, remainingMs);
  const place = await enter(parts.pace, stops, time);
  time.restart(Math.min(parts.attemptMs, remainingMs - (performance.now() - started)));
  const { offsetMs } = parts.clock;
  const request = task.prepare(identity, new Date(parts.clock.now()));
  parts.redaction.add(secretsSent(request, identity));
  try {
    const response = await sendOnce(parts, request, time.signal);
    const attempt = judge(parts, request, response);
    if ("answer" in attempt) {
      place.leave("succeeded");
      return attempt;
    }
    if (verdictOn(attempt.error) === "throttled") {
      const waitMs = attempt.waitMs ?? backoffMs("throttled", 1, parts.random());
      // No other request is held back for a wait that is too long for anyone.
      place.throttled(Math.min(waitMs, remainingMs), attempt.error);
    }
    place.leave("failed");
    return { ...attempt, identity, offsetMs };
  } catch (error) {
    place.leave("failed");
    throwIfStopped(stops);
    const proxy = parts.transport.proxyOf?.(request.origin);
    // Whoever reads the error has to know which of the two to look at.
    const reached = proxy
      ? `${request.origin} through the proxy ${proxy.origin} (${proxy.variable})`
      : request.origin;
    if (time.timedOut) {
      const message = `${reached} did not answer in time.`;
      return { error: new AuditError("ERR_TIMEOUT", message, { cause: causeOf(error, parts.redaction) }) };
    }
    if (AuditError.is(error)) return { error };
    const failure = networkError(error, reached, parts.redaction);
    const untrusted = isAboutCertificate(failure) && (await parts.transport.findUntrusted?.(request.origin));
    if (untrusted) return { error: withAuthority(failure, reached, untrusted) };
    return { error: failure, transient: failure.code === "ERR_RESPONSE" };
  } finally {
    time.release();
  }
}

async function enter(pace: Pace, stops: readonly AbortSignal[], time: Limit): Promise<Place> {
  try {
    return await pace.enter(time.signal);
  } catch (cause) {
    time.release();
    throwIfStopped(stops);
    // The service's own words say more than that the time was up.
    if (pace.refusal) throw rephrase(pace.refusal, `${pace.refusal.message} The deadline passed meanwhile.`);
    throw new AuditError("ERR_TIMEOUT", "The deadline passed before the request could be sent.", { cause });
  }
}

async function sendOnce(
  { transport, clock, logger, redaction }: AttemptParts,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const started = performance.now();
  const response = await transport.send(request, signal);
  clock.observe(response.headers["date"]);
  logger.debug("response", {
    path: pathOf(request),
    status: response.status,
    requestId: requestIdOf(response, redaction),
    ms: Math.round(performance.now() - started),
  });
  return response;
}

// 206 is a part, 202 a promise, 203 another's words, 204 nothing; IAM creates what it is asked for.
const ANSWERS: Readonly<{ [method in HttpRequest["method"]]: readonly number[] }> = {
  GET: [200],
  POST: [200, 201],
  PUT: [200],
};

function judge({ clock, redaction }: AttemptParts, request: HttpRequest, response: HttpResponse): Attempt {
  const { status, headers } = response;
  const path = pathOf(request);
  if (status < 200 || status > 299) {
    const error = responseError(response, path, redaction);
    const asked = retryAfterMs(headers["retry-after"], clock.now());
    const cap = error.code === "ERR_THROTTLED" ? Infinity : RETRY_AFTER_CAP_MS;
    return { error, response, waitMs: asked === undefined ? undefined : Math.min(asked, cap) };
  }
  const requestId = requestIdOf(response, redaction);
  if (!ANSWERS[request.method].includes(status)) {
    const message = `The service answered with the status ${status}, which promises no whole answer.`;
    return { error: new AuditError("ERR_RESPONSE", message, { status, requestId, path }), response };
  }
  const body = jsonObject(response.body);
  const stated = body && statedErrorOf(response, body, path, redaction);
  if (stated) return { error: stated, response };
  if (body) return { answer: { body, text: response.body, headers, requestId } };
  const message = `The response is no JSON object but ${describe(response.body)}.`;
  return {
    error: new AuditError("ERR_RESPONSE", message, { status, requestId, path }),
    response,
    transient: true,
  };
}

function pathOf(request: HttpRequest): string {
  const end = request.path.indexOf("?");
  return end < 0 ? request.path : request.path.slice(0, end);
}

function throwIfStopped(stops: readonly AbortSignal[]): void {
  const stopped = stops.find((stop) => stop.aborted);
  if (stopped) throw aborted(stopped);
}

/** The error of a reading that its caller, or the client's end, has stopped. */
export function aborted(signal: AbortSignal): AuditError {
  return new AuditError("ERR_ABORTED", "The reading was aborted.", { cause: signal.reason });
}

function jsonObject(text: string): Answer["body"] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Answer["body"])
      : undefined;
  } catch {
    return undefined;
  }
}

function describe(body: string): string {
  const text = body.trim();
  if (text === "") return "empty";
  if (text.startsWith("<")) return "HTML, as gateways and sign-in pages send it";
  if (text === "null" || text.startsWith("[")) return text === "null" ? "null" : "a list";
  return "text that cannot be parsed (truncated or not JSON)";
}
