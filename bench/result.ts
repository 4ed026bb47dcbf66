import { type Figure, figure, type Measured, ratio, valuesOf } from "./measure.ts";

/** One figure of one subject. */
export interface Row extends Figure {
  readonly subject: string;
  /** What was measured, such as `at 20 ms latency`; empty where there is one thing only. */
  readonly what: string;
  readonly unit: string;
  readonly runs: number;
}

/** A comparison, which is what counts: times and rates differ from machine to machine. */
export interface Ratio extends Figure {
  readonly text: string;
  /** What it is to be. */
  readonly target?: Target;
}

export interface Target {
  readonly bound: "at most" | "at least";
  readonly value: number;
}

/** A picture of some of the rows. */
export type Chart = Bars | Curve;

export interface Bars {
  readonly kind: "bars";
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

/** Growth with size; both axes are logarithmic, so that a straight line at 45 degrees is growth in proportion. */
export interface Curve {
  readonly kind: "curve";
  readonly title: string;
  readonly sizes: string;
  readonly unit: string;
  readonly points: readonly { readonly size: number; readonly value: number }[];
}

/** What a case found. */
export interface Result {
  readonly title: string;
  readonly ratios: readonly Ratio[];
  readonly rows: readonly Row[];
  readonly charts: readonly Chart[];
  /** What one has to know to read the figures. */
  readonly notes: readonly string[];
}

/** How a case is to be run. */
export interface Setting {
  /** Runs of each subject. */
  readonly runs: number;
  /** Tiny sizes and no peers: shows that the case works, and nothing else. */
  readonly smoke: boolean;
  /** Says what is done now. */
  report(text: string): void;
}

/** Something that `bench` can be asked for by name. */
export interface Case {
  readonly name: string;
  /** For the help. */
  readonly about: string;
  /** Runs if none are asked for. */
  readonly runs: number;
  run(setting: Setting): Promise<Result>;
}

export function met({ median, target }: Ratio): boolean | undefined {
  if (!target) return undefined;
  return target.bound === "at most" ? median <= target.value : median >= target.value;
}

export function rowsOf(
  measured: readonly Measured[],
  metric: string,
  what: string,
  unit: string,
): readonly Row[] {
  return measured.map((each) => {
    const values = valuesOf(each, metric);
    return { subject: each.name, what, unit, runs: values.length, ...figure(values) };
  });
}

/** Bars of all subjects' medians of one figure. */
export function barsOf(
  measured: readonly Measured[],
  metric: string,
  { title, unit }: Pick<Bars, "title" | "unit">,
): Bars {
  const bars = measured.map((each) => ({ label: each.name, value: figure(valuesOf(each, metric)).median }));
  return { kind: "bars", title, unit, bars };
}

/** Ratio of two subjects by their names; none where a peer could not be had. */
export function ratioOf(
  measured: readonly Measured[],
  [own, other]: readonly [string, string],
  { metric, text, target }: { readonly metric: string; readonly text: string; readonly target?: Target },
): readonly Ratio[] {
  const [found, against] = [own, other].map((name) => measured.find((each) => each.name === name));
  if (!found || !against) return [];
  return [{ text, ...ratio(found, against, metric), ...(target && { target }) }];
}
