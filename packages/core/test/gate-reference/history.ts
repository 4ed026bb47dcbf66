import fc from "fast-check";

/** The service's time of all histories [minutes since 1970]. */
export const AT = Date.UTC(2026, 2, 1, 3, 0) / 60_000;

/** A minute of the last two days, as likely near one of the edges that rules have as anywhere. */
export const minute = fc.oneof(
  fc.integer({ min: -2880, max: 0 }),
  fc.integer({ min: -600, max: 8 }),
  fc.constantFrom(-1440, -1441, -1439, -60, -61, -120, 0, 5, 6),
);
/** Length of an interval [minutes]; rarely one that cannot be. */
export const length = fc.oneof(
  { weight: 30, arbitrary: fc.constant(60) },
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 1, arbitrary: fc.constant(-1) },
);
/** A limit of a rule. */
export const limit = fc.constantFrom("1m", "30m", "59m", "60m", "1h", "61m", "2h", "5h", "1d", "2d");
/** A value, or none. */
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
/** A value, but sometimes an odd one. */
export const rarely = <T>(value: T, ...odd: T[]) =>
  fc.oneof({ weight: 60, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

/** `2026-03-01T03:00:00`, so many minutes from the service's time, on a clock that is ahead of UTC by `zone`. */
export function written(minutes: number, zone = 0): string {
  return new Date((AT + minutes + zone) * 60_000).toISOString().slice(0, 19);
}

/** A complete reading at that time. */
export function reading<Row>(records: readonly Row[]) {
  return { records, complete: true, servedAt: AT * 60_000 };
}

/** Without what is undefined, and only where something is left to judge. */
export function rulesOf<Rules extends object>(
  arbitrary: fc.Arbitrary<Rules>,
  ...optional: readonly string[]
) {
  return arbitrary
    .map(
      (rules) =>
        Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined)) as Rules,
    )
    .filter((rules) => Object.keys(rules).some((name) => !optional.includes(name)));
}

/** A chain of intervals, mostly each where the one before ended, in any order. */
export function chain<Row>(row: (begin: number, end: number) => fc.Arbitrary<Row>): fc.Arbitrary<Row[]> {
  const steps = fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 0, 30, 60, 61, -10), length), { maxLength: 12 });
  return fc.tuple(minute, steps).chain(([latest, all]) => {
    let end = latest;
    const rows = all.map(([distance, long]) => {
      const interval = [end - long, end] as const;
      end -= Math.max(long, 0) + distance;
      return row(...interval);
    });
    return fc
      .tuple(...rows)
      .chain((given) => fc.shuffledSubarray(given, { minLength: Math.ceil(given.length * 0.7) }));
  });
}
