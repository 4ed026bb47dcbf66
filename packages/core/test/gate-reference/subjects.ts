/** One cluster or instance of a list. */
export interface Listed {
  readonly id: string;
  readonly status: string | null;
}

/** What the documentation says of the states that the vendors' documents name. */
const STATES = {
  clusters: {
    without: ["CREATING", "CREATE_FAILED", "CREATION FAILED", "DELETING", "DELETED"],
    judged: ["ACTIVE", "AVAILABLE", "UNAVAILABLE", "FROZEN"],
  },
  instances: { without: ["creating", "createfail"], judged: ["normal", "abnormal", "frozen"] },
} as const;

/**
 * Whom a rule set is about; undefined where that cannot be known, or is nobody, so that the gate stays closed.
 *
 * @param listed - What was listed; undefined where that cannot be believed.
 */
export function subjectsOf(
  wanted: readonly string[],
  except: readonly string[] = [],
  listed: readonly Listed[] | undefined,
  kind: keyof typeof STATES,
): readonly string[] | undefined {
  if (!wanted.includes("*")) return wanted;
  const { without, judged } = STATES[kind];
  const left = listed?.filter(({ id }) => !except.includes(id)) ?? [];
  const isOneOf = (states: readonly string[], { status }: Listed) => states.some((state) => state === status);
  if (left.some((each) => !isOneOf([...without, ...judged], each))) return undefined;
  const ids = left.filter((each) => isOneOf(judged, each)).map(({ id }) => id);
  return ids.length > 0 ? ids : undefined;
}
