import { clockFault } from "./clock-fault.ts";
import { instantFault } from "./instant-fault.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.parse("2026-01-31T12:00:00Z");

test.each([
  [
    { kind: "cached", ageMs: 2 * HOUR_MS } as const,
    "Expected an answer of the service itself, found one of a cache, 2h old.",
  ],
  [
    { kind: "unreadable-age" } as const,
    "Expected an answer of the service itself, found one whose Age header cannot be read.",
  ],
  [
    { kind: "apart", byMs: 3 * HOUR_MS } as const,
    "Expected answers whose Date headers agree with the time that passed between them, found answers that disagree by 3h.",
  ],
  [
    { kind: "machine", serviceMs: NOW, machineMs: NOW + 4 * HOUR_MS } as const,
    "Expected a service and a machine that agree what time it is, to 3 hours, found 2026-01-31T12:00:00Z at the service and 2026-01-31T16:00:00Z here, 4h apart: one of the two clocks is wrong.",
  ],
])("dates that cannot be believed are unknown: $kind", (problem, message) => {
  expect(clockFault(problem)).toMatchObject({ kind: "unknown", message });
});

test.each([
  [0, true],
  [5 / 60, true],
  [5 / 60 + 0.001, false],
  [-24, true],
  [-24.001, false],
])("an instant %d hours from the service's time is of now: %p", (hours, isOfNow) => {
  const fault = instantFault(NOW + hours * HOUR_MS, NOW);
  expect(fault?.kind).toBe(isOfNow ? undefined : "unknown");
});

test("an instant is of no time where the service's is unknown", () => {
  expect(instantFault(NOW, undefined)).toMatchObject({
    kind: "unknown",
    message:
      "Expected an instant to judge at within the last 24h of the service's time, found 2026-01-31T12:00:00Z, at an unknown time.",
  });
  expect(instantFault(0, NOW)?.found).toBe("1970-01-01T00:00:00Z, at 2026-01-31T12:00:00Z");
});
