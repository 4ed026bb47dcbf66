/** What one run of a subject gave: figures by name, all of them the smaller the better or told otherwise. */
export type Sample = Readonly<Record<string, number>>;

/** Something that is measured against others. */
export interface Subject {
  readonly name: string;
  run(): Promise<Sample>;
  /** Runs at most; for subjects so slow that their spread does not matter. */
  readonly runs?: number;
}

/** The samples of one subject, one for each round in which it ran. */
export interface Measured {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/** Middle and spread of a figure. */
export interface Figure {
  readonly median: number;
  /** The lowest and the highest quarter's ends. */
  readonly low: number;
  readonly high: number;
}

/** How subjects are run; of a case's own setting. */
export interface Rounds {
  readonly runs: number;
  /** Without the uncounted round. */
  readonly smoke: boolean;
  report(text: string): void;
}

/**
 * Runs all subjects once uncounted, then round by round, each round in another order, so that what disturbs the
 * machine disturbs all of them.
 */
export async function interleave(
  subjects: readonly Subject[],
  { runs, smoke, report }: Rounds,
): Promise<readonly Measured[]> {
  const samples = new Map(subjects.map(({ name }) => [name, [] as Sample[]]));
  for (let round = smoke ? 1 : 0; round <= runs; round++) {
    for (const [place] of subjects.entries()) {
      const subject = subjects[(place + round) % subjects.length]!;
      const most = subject.runs ?? runs;
      // A subject too slow for as many runs as the others has no uncounted run either.
      if (round > most || (round === 0 && most < runs)) continue;
      report(round === 0 ? `warm-up: ${subject.name}` : `run ${round} of ${runs}: ${subject.name}`);
      const sample = await subject.run();
      if (round > 0) samples.get(subject.name)!.push(sample);
    }
  }
  return [...samples].map(([name, own]) => ({ name, samples: own }));
}

export function figure(values: readonly number[]): Figure {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** The median, and the interval that holds the true one with a probability of 90 %, whatever the distribution. */
export function medianInterval(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  // The ranks of a sign test: as many values lie below the median as heads among that many coins.
  let rank = 0;
  for (let tail = 0.5 ** sorted.length, chance = tail; tail <= 0.05; tail += chance) {
    rank++;
    chance *= (sorted.length - rank + 1) / rank;
  }
  const lowest = sorted[Math.max(rank - 1, 0)] ?? Number.NaN;
  const highest = sorted[sorted.length - Math.max(rank, 1)] ?? Number.NaN;
  return { median: quantile(values, 0.5), low: lowest, high: highest };
}

/** Figures of one name. */
export function valuesOf({ samples }: Measured, metric: string): readonly number[] {
  return samples.map((sample) => {
    const value = sample[metric];
    if (value === undefined) throw new Error(`no figure ${metric}`);
    return value;
  });
}

/**
 * How many times a subject's figure is another's: of each round for itself, where both ran, so that a round in which
 * the machine was busy counts for both.
 */
export function ratio(measured: Measured, other: Measured, metric: string): Figure {
  const own = valuesOf(measured, metric);
  const others = valuesOf(other, metric);
  if (own.length !== others.length) {
    const base = quantile(others, 0.5);
    return figure(own.map((value) => value / base));
  }
  return figure(own.map((value, round) => value / others[round]!));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
