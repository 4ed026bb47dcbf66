import { cronProblem } from "./clockwork.ts";
import { dueText, type Outcome, type Schedule, standingOf } from "./schedule.ts";

const HOUR = 3_600_000;

const schedule: Schedule = {
  name: "hourly",
  policyDigest: "",
  due: { everyMs: HOUR },
  slice: 100,
  concurrency: 2,
  tries: 10,
  patienceMs: 0,
  keepMs: 0,
  lateMs: HOUR / 2,
};

const passed: Outcome = {
  run: "",
  at: "",
  worker: "one",
  exitCode: 0,
  violations: 0,
  problem: null,
  nextMs: HOUR,
};

test.each<[string, Outcome | undefined, number, boolean, number]>([
  ["until the next one is due", passed, HOUR, false, 0],
  ["as long as the next one may take", passed, HOUR * 1.5, false, 0],
  ["no longer", passed, HOUR * 1.5 + 1, true, 3],
  ["as what it is", { ...passed, exitCode: 1 }, HOUR, false, 1],
  ["not where nobody knows when the next one is due", { ...passed, nextMs: null }, 0, true, 3],
  ["not where there is none", undefined, 0, false, 3],
])("a verdict counts %s", (_, outcome, now, late, exitCode) => {
  expect(standingOf(schedule, outcome, now)).toEqual({ late, exitCode });
});

test.each<[Schedule["due"], string]>([
  [{ everyMs: 90 * 60_000 }, "every 90m"],
  [{ everyMs: 48 * HOUR }, "every 2d"],
  [{ cron: "0 6 * * 1-5", timeZone: "Europe/Berlin" }, "0 6 * * 1-5 (Europe/Berlin)"],
])("what is due is told in the words of the command line", (due, text) => {
  expect(dueText(due)).toBe(text);
});

test("a pattern of cron that says no time is told from one that does", () => {
  for (const pattern of ["0 6 * * 1-5", "30 0 6 * * 1-5", "@daily"])
    expect(cronProblem(pattern, "Europe/Berlin")).toBeUndefined();
  for (const [pattern, zone] of [
    ["0 6 * * 1-5", "Mars/Base"],
    ["tomorrow", "UTC"],
    ["0 0 30 2 *", "UTC"],
    ["", "UTC"],
    ["0 6", "UTC"],
  ] as const) {
    expect(cronProblem(pattern, zone)).toEqual(expect.any(String));
  }
});
