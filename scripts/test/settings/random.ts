/** Choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  integer(end: number): number;
  pick<T>(from: readonly T[]): T;
}

/** A linear congruential generator: enough to spread cases, and short. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const integer = (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  return { integer, pick: (from) => from[integer(from.length)]! };
}
