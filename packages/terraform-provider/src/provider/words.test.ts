import * as core from "@auditgate/core";
import { startEmulator } from "@auditgate/emulator";
import { broken } from "../../../../test/every-rule.ts";
import { inSnakeCase, violationInSnakeCase } from "./words.ts";

test.each([
  ["name it in successResults or failedResults", "name it in success_results or failed_results"],
  ["truncated: more than 5 (maxRecords)", "truncated: more than 5 (max_records)"],
  ["freezeWindows[0].timeZone, endpoints.iam", "freeze_windows[0].time_zone, endpoints.iam"],
  [
    'executorTime="maxAge" failedReason="a \\" maxGap"',
    'executor_time="maxAge" failed_reason="a \\" maxGap"',
  ],
  ["camelCase that is nobody's stays", "camelCase that is nobody's stays"],
])("%s → %s", (given, expected) => {
  expect(inSnakeCase(given)).toBe(expected);
});

test("no text of any violation, whatever rule it is of, has a name as in TypeScript", async () => {
  const emulator = await startEmulator();
  const client = core.createClient({ env: emulator.env });
  try {
    const { violations } = await core.evaluateGate(client, broken);
    expect(new Set(violations.map(({ rule }) => rule)).size).toBeGreaterThan(12);
    const texts = core.formatViolations({ violations: violations.map(violationInSnakeCase) });
    expect(texts).toMatch(/^ {2}record {4}executor_time="/m);
    expect(texts.replaceAll(/"(?:[^"\\]|\\.)*"/g, "")).not.toMatch(/\b[a-z]+[A-Z]\w*/);
    expect(core.formatViolations({ violations })).toMatch(/\b[a-z]+[A-Z]\w*/);
  } finally {
    await client.close();
    await emulator.close();
  }
});
