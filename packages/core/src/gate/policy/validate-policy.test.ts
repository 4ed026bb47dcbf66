import { AuditError } from "../../errors.ts";
import { fieldsOf } from "../../field.ts";
import { gatePolicy } from "./policy.ts";
import type { GatePolicy } from "./policy.types.ts";
import { validatePolicy, validateRules } from "./validate-policy.ts";
import { gateFacts } from "../verdict.ts";

const clusterIds = ["a0d17a7e-c001-4000-8000-000000000001"];

function refusal(policy: unknown): AuditError {
  try {
    validatePolicy(policy as GatePolicy);
  } catch (error) {
    if (AuditError.is(error) && error.code === "ERR_ARGUMENT") return error;
    throw error;
  }
  throw new Error("the policy was accepted");
}

const dumps = (rules: object) => ({ dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0, ...rules }] });
const changes = (rules: object) => ({
  dwsParameterModificationRecords: [{ clusterIds, noPending: true, ...rules }],
});
const logs = (rules: object) => ({
  ddsAuditLogs: [{ instanceIds: ["i"], within: "7d", minLogs: 1, ...rules }],
});

test("a policy is copied, so that nobody can change it while it is judged", () => {
  const policy = dumps({ maxAge: "24h" });
  const copy = validatePolicy(policy);
  expect(copy).toEqual(policy);
  expect(copy.dwsAuditDumpRecords?.[0]).not.toBe(policy.dwsAuditDumpRecords[0]);
});

test.each([
  [{}, "demands nothing: give dwsAuditDumpRecords, dwsParameterModificationRecords or ddsAuditLogs"],
  [{ dwsAuditDumpRecords: [], ddsAuditLogs: [] }, "demands nothing"],
  [
    { dwsAuditDumpRecords: [{ clusterIds, within: "7d", timeZone: "Z" }] },
    "dwsAuditDumpRecords[0] has no rule",
  ],
  [changes({ noPending: false }), "dwsParameterModificationRecords[0] has no rule: give noPending,"],
  [changes({ noPending: undefined, freezeWindows: [] }), "has no rule"],
  [{ ...dumps({}), ddsAuditLogs: [{ instanceIds: ["i"], within: "7d" }] }, "ddsAuditLogs[0] has no rule"],
])("a policy, or a part of it, that demands nothing is an error: %j", (policy, message) => {
  expect(refusal(policy).message).toContain(message);
});

test.each([
  [
    dumps({ maxAge: "1 day" }),
    "dwsAuditDumpRecords[0].maxAge",
    'cannot be "1 day": must be a whole number and a unit',
  ],
  [dumps({ maxAge: 24 }), "dwsAuditDumpRecords[0].maxAge", "cannot be 24"],
  [dumps({ maxAge: "0h" }), "dwsAuditDumpRecords[0].maxAge", 'cannot be "0h"'],
  [dumps({ maxFailures: -1 }), "dwsAuditDumpRecords[0].maxFailures", "cannot be -1"],
  [dumps({ maxFailures: 0.5 }), "dwsAuditDumpRecords[0].maxFailures", "cannot be 0.5"],
  [dumps({ maxFailures: "0" }), "dwsAuditDumpRecords[0].maxFailures", 'cannot be "0"'],
  [dumps({ maxFailures: null }), "dwsAuditDumpRecords[0].maxFailures", "cannot be null"],
  [dumps({ maxFailure: 0 }), "dwsAuditDumpRecords[0].maxFailure", "is not known here, but maxFailures is"],
  [dumps({ max_age: "1d" }), "dwsAuditDumpRecords[0].max_age", "is not known here, but maxAge is"],
  [dumps({ colour: "red" }), "dwsAuditDumpRecords[0].colour", "is not known here."],
  [dumps({ clusterIds: [] }), "dwsAuditDumpRecords[0].clusterIds", "must name at least one"],
  [
    dumps({ clusterIds: [...clusterIds, "prod"] }),
    "dwsAuditDumpRecords[0].clusterIds[1]",
    'cannot be "prod"',
  ],
  [dumps({ clusterIds: undefined }), "dwsAuditDumpRecords[0].clusterIds", "is missing"],
  [
    dumps({ timeZone: "Europe/Berlinn" }),
    "dwsAuditDumpRecords[0].timeZone",
    "must be an offset such as +08:00",
  ],
  [dumps({ successResults: [] }), "dwsAuditDumpRecords[0].successResults", "must name at least one"],
  [
    dumps({ successResults: ["A", "B"], failedResults: ["B"] }),
    "dwsAuditDumpRecords[0].failedResults",
    'must not have "B", which successResults has too',
  ],
  [
    changes({ successStatuses: ["A"], failedStatuses: ["A"] }),
    "dwsParameterModificationRecords[0].failedStatuses",
    'must not have "A"',
  ],
  [changes({ allowedOperators: [] }), "dwsParameterModificationRecords[0].allowedOperators", "at least one"],
  [logs({ nodeIds: [] }), "ddsAuditLogs[0].nodeIds", "must name at least one"],
  [logs({ within: undefined }), "ddsAuditLogs[0].within", "is missing"],
  [logs({ within: "3651d" }), "ddsAuditLogs[0].within", "must be at most 3650d"],
  [logs({ maxGap: "999999999w" }), "ddsAuditLogs[0].maxGap", "must be at most 3650d"],
  [logs({ minLogs: 0 }), "ddsAuditLogs[0].minLogs", "cannot be 0"],
  [logs({ instanceIds: [""] }), "ddsAuditLogs[0].instanceIds[0]", "must not be empty"],
  [{ ...dumps({}), enforcement: "soft" }, "enforcement", '"mandatory"|"advisory"'],
  [{ ...dumps({}), onError: "ignore" }, "onError", '"fail"|"warn"'],
  [{ ...dumps({}), ddsAuditLog: [] }, "ddsAuditLog", "is not known here, but ddsAuditLogs is"],
])("%j is refused at %s", (policy, argument, message) => {
  const error = refusal(policy);
  expect(error.argument).toBe(argument);
  expect(error.message).toContain(`${argument} `);
  expect(error.message).toContain(message);
});

test.each([
  [{ start: "2026-12-20", end: "2027-01-02T00:00:00Z" }, "start"],
  [{ start: "2026-12-20T00:00:00Z", end: "2027-02-29T00:00:00Z" }, "end"],
  [{ start: "2026-12-20T00:00:00Z", end: "2026-12-20T00:00:00Z" }, "end"],
  [{ start: "2026-12-20T00:00:00Z", end: "2026-12-20T01:00:00", timeZone: "Europe/Berlin" }, "end"],
  [{ start: "2026-03-29T02:30:00", end: "2026-03-30T00:00:00", timeZone: "Europe/Berlin" }, "start"],
  [{ start: "2026-12-20T00:00:00Z", end: "2027-01-02T00:00:00Z", timeZone: "Berlin" }, "timeZone"],
])("a freeze window of %j is refused", (window, name) => {
  const fine = { start: "2026-12-20T00:00:00", end: "2027-01-02T00:00:00" };
  const error = refusal(changes({ freezeWindows: [fine, window] }));
  expect(error.argument).toBe(`dwsParameterModificationRecords[0].freezeWindows[1].${name}`);
});

test("all problems are told at once, in one line", () => {
  const { message } = refusal({ onError: "x", ...dumps({ maxAge: "x", maxGap: "y" }) });
  expect(message).toMatch(/^The gate policy is not valid: [^\n]*onError [^\n]*maxAge [^\n]*maxGap [^\n]*\.$/);
});

test("what is undefined is not given", () => {
  expect(() => validatePolicy(dumps({ except: undefined, within: undefined, maxFailures: 0 }))).not.toThrow();
});

test.each([null, undefined, [], "policy", 5])("%j is no policy", (policy) => {
  expect(refusal(policy).message).toMatch(/^The gate policy is not valid: /);
});

test.each([
  [dumps({ successResults: ["SUCCESS", "RUNNING"] }), 'successResults must not have "RUNNING"'],
  [dumps({ failedResults: ["RUNNING"] }), 'failedResults must not have "RUNNING"'],
  [changes({ successStatuses: ["Applying"] }), 'successStatuses must not have "Applying"'],
  [
    changes({ successStatuses: ["In-Sync", "Pending-Reboot"] }),
    'successStatuses must not have "Pending-Reboot"',
  ],
  [changes({ failedStatuses: ["Pending-Reboot"] }), 'failedStatuses must not have "Pending-Reboot"'],
])("a rule that could never be broken is refused: %#", (policy, problem) => {
  expect(refusal(policy).message).toContain(problem);
});

test.each([
  [{ maxFailures: 1n }, "maxFailures cannot be 1n"],
  [{ maxFailures: Symbol("x") }, "maxFailures cannot be Symbol(x)"],
  [{ maxAge: () => "1d" }, "maxAge cannot be"],
  [{ maxAge: { size: 1n } }, "maxAge cannot be an object that JSON cannot express"],
  [{ maxFailures: NaN }, "maxFailures cannot be"],
  [{ maxFailures: -0.5 }, "maxFailures cannot be -0.5"],
])("a value that no JSON has is an error as any other: %#", (rules, problem) => {
  expect(refusal(dumps(rules)).message).toContain(problem);
});

test("what is not known is refused, wherever it stands", () => {
  const freezeWindow = { start: "2026-01-01T00:00:00Z", end: "2026-01-02T00:00:00Z", zone: "Z" };
  for (const [policy, place] of [
    [{ ...dumps({}), enforcment: "advisory" }, "enforcment"],
    [dumps({ maxFailure: 0 }), "dwsAuditDumpRecords[0].maxFailure"],
    [dumps({ max_failures: undefined }), "dwsAuditDumpRecords[0].max_failures"],
    [changes({ freezeWindows: [freezeWindow] }), "dwsParameterModificationRecords[0].freezeWindows[0].zone"],
    [logs({ clusterIds }), "ddsAuditLogs[0].clusterIds"],
  ] as const) {
    expect(refusal(policy)).toMatchObject({
      argument: place,
      message: expect.stringContaining("is not known here"),
    });
  }
  expect(() => validateRules.dwsAuditDumpRecords({ maxFailures: 0, maxFailure: 0 } as object)).toThrow(
    "maxFailure is not known here",
  );
});

test("of a policy that is wrong everywhere, the first places are told", () => {
  const policy = { dwsAuditDumpRecords: Array.from({ length: 130_000 }, () => ({ clusterIds })) };
  const { message } = refusal(policy);
  expect(message).toMatch(/; and 129990 more\.$/);
});

test("rules without subjects are checked in the same way", () => {
  expect(validateRules.dwsAuditDumpRecords({ maxAge: "1d" })).toMatchObject({ maxAge: "1d" });
  expect(() => validateRules.dwsAuditDumpRecords({ maxAge: "1 day" })).toThrow("maxAge cannot be");
  expect(() => validateRules.ddsAuditLogs({ within: "1d" })).toThrow("has no rule");
  expect(() => validateRules.dwsParameterModificationRecords({ timeZone: "Z" })).toThrow(AuditError);
});

test("policies and verdicts can be derived for every door", () => {
  const names = (fields: ReturnType<typeof fieldsOf>) => fields.map(({ name }) => name);
  const policy = fieldsOf(gatePolicy);
  expect(names(policy)).toEqual([
    "enforcement",
    "onError",
    "dwsAuditDumpRecords",
    "dwsParameterModificationRecords",
    "ddsAuditLogs",
    "acknowledged",
  ]);
  expect(policy.map(({ values }) => values)).toEqual([
    ["mandatory", "advisory"],
    ["fail", "warn"],
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(policy.map(({ wireName }) => wireName)[3]).toBe("dws_parameter_modification_records");
  expect(names(fieldsOf(gateFacts))).toEqual([
    "passed",
    "blocking",
    "violations",
    "acknowledged",
    "skipped",
    "warnings",
    "evidenceDigest",
    "verdictDigest",
  ]);
});
