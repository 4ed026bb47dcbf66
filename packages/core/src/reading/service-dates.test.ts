import { createServiceTime, datesOf, joinDates, NO_DATES } from "./service-dates.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const AT = Date.parse("2026-03-01T03:00:00Z");

/** What an answer says that comes `elapsedMs` after the first, where the service is `aheadMs` ahead of this machine. */
const answer = (aheadMs: number, elapsedMs = 0, headers: { readonly [name: string]: string } = {}) =>
  datesOf(
    { date: new Date(AT + elapsedMs + aheadMs).toUTCString(), ...headers },
    { elapsedMs: 1000 + elapsedMs, machineMs: AT + elapsedMs },
  );

test.each([0, 2 * HOUR_MS, -2 * HOUR_MS, 3 * HOUR_MS, -3 * HOUR_MS])(
  "a service that is %i ms ahead of the machine is believed",
  (ahead) => expect(answer(ahead).problem).toBeUndefined(),
);

test.each([3 * HOUR_MS + 1000, -3 * HOUR_MS - 1000, 50 * 365 * 24 * HOUR_MS])(
  "one that is %i ms ahead is not, as one of the clocks is wrong",
  (ahead) => expect(answer(ahead).problem).toEqual({ kind: "machine", serviceMs: AT + ahead, machineMs: AT }),
);

test.each(["0", "300", " 17 ", "3, 200"])("an answer of the age %j is current", (age) => {
  expect(answer(0, 0, { age }).problem).toBeUndefined();
});

test.each([
  ["301", 301_000],
  ["855360", 855_360_000],
  ["0, 855360", 855_360_000],
  ["855360, 0", 855_360_000],
  ["9".repeat(400), Infinity],
])("an answer of the age %j is one of a cache", (age, ageMs) => {
  expect(answer(0, 0, { age }).problem).toEqual({ kind: "cached", ageMs });
});

test.each(["", "-1", "1.5", "soon", "1e3", "0, ", "0x10", "10s"])("an age of %j cannot be read", (age) => {
  expect(answer(0, 0, { age }).problem).toEqual({ kind: "unreadable-age" });
});

test.each([
  [0, 5 * MINUTE_MS],
  [0, -5 * MINUTE_MS],
  [HOUR_MS, HOUR_MS + 5 * MINUTE_MS],
])("answers that are %i and %i ms ahead agree, however much time passed", (first, second) => {
  for (const elapsed of [0, 10 * HOUR_MS])
    expect(joinDates(answer(first), answer(second, elapsed)).problem).toBeUndefined();
});

test.each([
  [0, 5 * MINUTE_MS + 1000],
  [0, -5 * MINUTE_MS - 1000],
  [HOUR_MS, -HOUR_MS],
])("answers that are %i and %i ms ahead do not", (first, second) => {
  for (const elapsed of [0, 10 * HOUR_MS])
    expect(joinDates(answer(first), answer(second, elapsed)).problem).toEqual({
      kind: "apart",
      byMs: Math.abs(first - second),
    });
});

test("a date that stands still while time passes disagrees with the time that passed", () => {
  expect(joinDates(answer(0), answer(-6 * MINUTE_MS, 6 * MINUTE_MS)).problem).toEqual({
    kind: "apart",
    byMs: 6 * MINUTE_MS,
  });
});

test("answers drift apart step by step, and are compared with all before", () => {
  const steps = [0, 2, 4, 6].map((minutes) => answer(minutes * MINUTE_MS));
  expect(steps.slice(0, 3).reduce(joinDates, NO_DATES).problem).toBeUndefined();
  expect(steps.reduce(joinDates, NO_DATES).problem).toEqual({ kind: "apart", byMs: 6 * MINUTE_MS });
});

test("what is wrong with one answer is wrong with all, whichever it is", () => {
  const cached = answer(0, 0, { age: "301" });
  for (const [a, b] of [
    [cached, answer(0)],
    [answer(0), cached],
  ] as const)
    expect(joinDates(a, b).problem).toEqual({ kind: "cached", ageMs: 301_000 });
});

test("the service's time is its latest date, and unknown where one answer has none", () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const at = (ms: number) => ({ date: new Date(ms).toUTCString() });
  const clock = createServiceTime();
  expect(clock.time()).toEqual({ servedAt: undefined, dates: NO_DATES });
  for (const ms of [now, now + 2000, now + 1000]) clock.learn(at(ms));
  expect(clock.time()).toMatchObject({ servedAt: now + 2000, dates: { problem: undefined } });
  expect(clock.time().dates.most - clock.time().dates.least).toBeGreaterThan(1000);
  clock.learn({});
  expect(clock.time()).toMatchObject({ servedAt: undefined, dates: { problem: undefined } });
  clock.learn(at(now));
  expect(clock.time().servedAt).toBeUndefined();
});

test.each([undefined, "", "yesterday", "2026-01-31T12:00:00Z"])("a date of %j says nothing", (date) => {
  expect(datesOf({ date })).toEqual(NO_DATES);
});
