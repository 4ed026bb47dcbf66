import { AuditError } from "../errors.ts";
import type { CallContext } from "../http/attempt.ts";

/** A value that is found once, however many ask for it at the same time; a failure is not kept. */
export interface SingleFlight<T> {
  get(context: CallContext): Promise<T>;
  /** Forgets the value. */
  reset(): void;
}

// Another caller's abort ends its search, not ours; so often is a new one begun.
const MAX_SEARCHES = 3;

/** Shares one search among all who ask meanwhile. Whoever is aborted leaves at once, without ending the others'. */
export function singleFlight<T>(find: (context: CallContext) => Promise<T>): SingleFlight<T> {
  let found: Promise<T> | undefined;
  const flight: SingleFlight<T> = {
    async get(context) {
      for (let searches = 1; ; searches++) {
        const current = (found ??= find(context));
        try {
          return await leaveWhenAborted(current, context.signal);
        } catch (error) {
          if (context.signal?.aborted) throw error;
          if (found === current) found = undefined;
          const othersAbort = AuditError.is(error) && error.code === "ERR_ABORTED";
          if (!othersAbort || searches === MAX_SEARCHES) throw error;
        }
      }
    },
    reset() {
      found = undefined;
    },
  };
  return flight;
}

async function leaveWhenAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let leave: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(new AuditError("ERR_ABORTED", "The reading was aborted.", { cause: signal.reason }));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (leave) signal.removeEventListener("abort", leave);
  }
}
