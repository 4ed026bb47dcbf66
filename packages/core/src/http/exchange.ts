import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, aborted, attemptOnce, type AttemptParts, type Failure, type Task } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import { type AuditError, rephrase } from "../errors.ts";
import { limit } from "./limit.ts";
import { backoffMs, type RetryBudget, verdictOn } from "./retry.ts";
import type { WaitReport } from "../logger.ts";

/** Sends a request until it succeeds, or it is certain that it will not. */
export type Exchange = (task: Task) => Promise<Answer>;

/** What an exchange works with. */
export interface ExchangeParts extends AttemptParts {
  readonly budget: RetryBudget;
  /** Whether requests are repeated at all. */
  readonly patient: boolean;
  /** Told of waiting for a service that asks to slow down. */
  readonly waits: WaitReport;
  /** Aborted when the client closes. */
  readonly closed: AbortSignal;
}

/** Attempts one after another, waiting between them, within the task's deadline. */
export function createExchange(parts: ExchangeParts): Exchange {
  const { pace, budget, clock, logger, closed, random, patient, waits } = parts;
  return async (task) => {
    const stops = task.signal ? [closed, task.signal] : [closed];
    const account = budget.open();
    const remainingMs = () => task.deadline - performance.now();
    const remedies = remediesOf(task, clock);
    for (let failures = 1; ; failures++) {
      const { successes } = pace;
      const attempt = await attemptOnce(parts, task, stops, remainingMs());
      if ("answer" in attempt) {
        account.succeeded();
        return attempt.answer;
      }
      const { error } = attempt;
      if (remedies.some((remedy) => remedy(attempt))) continue;
      const verdict = attempt.transient ? "transient" : verdictOn(error);
      if (verdict === "final") throw error;
      // Being asked to slow down is a matter of pace, not of failing: it goes on until the deadline. A service that
      // fails may say so too (503); then it is one where others get through.
      const slow = error.code === "ERR_THROTTLED" && patient;
      const progress = verdict === "throttled" && pace.successes > successes;
      if (!slow && !progress && !(await account.draw())) throw afterAttempts(error, failures);
      if (remainingMs() < 1 || (slow && (attempt.waitMs ?? 0) > remainingMs()))
        throw afterAttempts(error, failures, attempt.waitMs);
      const backoff = Math.min(attempt.waitMs ?? backoffMs(verdict, failures, random()), remainingMs() / 2);
      const waitMs = slow ? (attempt.waitMs ?? backoff) : backoff;
      const { path, code, status } = error;
      logger.debug("retrying", { path, code, status, failures, waitMs: Math.round(waitMs) });
      if (slow) waits.report({ path, waitMs, remainingMs: remainingMs(), failures });
      await pause(waitMs, stops);
    }
  };
}

type Remedy = (failure: Failure) => boolean;

/** What can be mended about a refused request, each once: the clock it is signed by, and the identity. */
function remediesOf(task: Task, clock: Clock): readonly Remedy[] {
  // A service may refuse an old signature without saying that the time is why, so its clock is looked at anyway.
  // Another request may have corrected the clock since this one was signed.
  const learnTime: Remedy = ({ error, response, offsetMs }) =>
    response !== undefined &&
    error.code === "ERR_UNAUTHENTICATED" &&
    (clock.correct(response.headers["date"]) || clock.offsetMs !== offsetMs);
  const renewIdentity: Remedy = ({ error, identity }) =>
    error.code === "ERR_UNAUTHENTICATED" && identity !== undefined && task.renew?.(identity) === true;
  return [learnTime, renewIdentity].map((remedy) => {
    let used = false;
    return (failure) => !used && (used = remedy(failure));
  });
}

async function pause(ms: number, stops: readonly AbortSignal[]): Promise<void> {
  const { signal, release } = limit(stops);
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw aborted(signal);
  } finally {
    release();
  }
}

function afterAttempts(error: AuditError, attempts: number, askedMs?: number): AuditError {
  const asked =
    askedMs === undefined
      ? ""
      : ` The service asks to wait ${Math.ceil(askedMs / 1000)} s, which is too long.`;
  const tried = attempts === 1 ? "" : ` (tried ${attempts} times)`;
  return asked + tried === "" ? error : rephrase(error, `${error.message}${asked}${tried}`);
}
