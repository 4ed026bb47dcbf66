import { EXIT } from "./exit-code.ts";

/** How long what is under way may take to leave nothing half done [ms]. */
const PATIENCE_MS = 1000;

/** A signal that Ctrl-C and a polite end of the process trip; who does not end by it is ended. */
export function interrupted(): AbortSignal {
  const abort = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (abort.signal.aborted) process.exit(EXIT.stopped);
      abort.abort(new Error(`stopped by ${name}`));
      setTimeout(() => process.exit(EXIT.stopped), PATIENCE_MS).unref();
    });
  }
  return abort.signal;
}
