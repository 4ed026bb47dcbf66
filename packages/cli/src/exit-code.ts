/** What a command's end means to whoever started it; the same for every command. */
export const EXIT = {
  /** Passed, or did what was asked; a gate that only warns too. */
  passed: 0,
  /** The gate is closed; of `verify`, something differs; of `doctor`, a step has failed. */
  closed: 1,
  /** The command line, or the policy, is not right. */
  usage: 2,
  /** There is no verdict to rely on: what should have been judged could not be read, or not completely. */
  unjudged: 3,
  /** A mistake of this program. */
  bug: 70,
  /** Stopped by Ctrl-C. */
  stopped: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
