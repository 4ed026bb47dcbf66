import { AuditError } from "../errors.ts";
import { backoffMs, retryAfterMs, retryBudget, verdictOn } from "./retry.ts";

const now = Date.parse("2026-11-21T05:00:00Z");

test.each([
  ["3", 3000],
  ["1.5", 1500],
  [" 2 ", 2000],
  ["86400", 86_400_000],
  ["Sat, 21 Nov 2026 05:00:02 GMT", 2000],
  ["Sat, 21 Nov 2026 04:00:00 GMT", undefined],
  ["0", undefined],
  ["-5", undefined],
  ["soon", undefined],
  ["Infinity", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %j means %j ms", (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});

test("waits grow from zero to a doubling ceiling; where the service is throttling, from half of it", () => {
  expect([1, 2, 3].map((failures) => backoffMs("transient", failures, 1))).toEqual([100, 200, 400]);
  expect(backoffMs("transient", 3, 0)).toBe(0);
  expect([1, 2, 3].map((failures) => backoffMs("throttled", failures, 0))).toEqual([500, 1000, 2000]);
  expect(backoffMs("throttled", 20, 1)).toBe(20_000);
});

test.each<[AuditError["code"], number | undefined, string]>([
  ["ERR_SERVER", 500, "transient"],
  ["ERR_SERVER", 501, "final"],
  ["ERR_SERVER", 503, "throttled"],
  ["ERR_SERVER", 400, "transient"],
  ["ERR_THROTTLED", 429, "throttled"],
  ["ERR_CONNECTION", undefined, "transient"],
  ["ERR_TIMEOUT", 408, "transient"],
  ["ERR_NOT_FOUND", 404, "final"],
  ["ERR_RESPONSE", 200, "final"],
  ["ERR_ABORTED", undefined, "final"],
])("%s with status %j is %s", (code, status, verdict) => {
  expect(verdictOn(new AuditError(code, "m", { status }))).toBe(verdict);
});

test("one call may draw one time less than it may attempt", async () => {
  const account = retryBudget(3).open();
  expect([await account.draw(), await account.draw(), await account.draw()]).toEqual([true, true, false]);
});

test("many calls share one budget, which successes refill", async () => {
  const budget = retryBudget(3);
  let drawn = 0;
  for (let call = 0; call < 1000; call++) if (await budget.open().draw()) drawn++;
  expect(drawn).toBeLessThanOrEqual(50);
  for (let call = 0; call < 20; call++) budget.open().succeeded();
  expect(await budget.open().draw()).toBe(true);
});
