import { fieldsOf, harmless, queries, ruleIdOf } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { isGiven, type QueryName, type Values } from "../arguments.ts";
import { refuseUnknown } from "../errors.ts";
import type { GateViolation } from "./types.ts";
import { queryIn, readingIn } from "../read-resource.ts";
import type { DdsAuditLogs, DwsAuditDumpRecords, DwsParameterModificationRecords } from "../resources.ts";
import type {
  GetDdsAuditLogsResult,
  GetDwsAuditDumpRecordsResult,
  GetDwsParameterModificationRecordsResult,
} from "../types.ts";

/** What a check says: true or no record where all is in order, else false or the records that are not. */
export type CheckResult = boolean | readonly object[];

/** Options of {@link gateCheck}. */
export interface GateCheckOptions {
  /** What the check demands, as a phrase: `no modification at a weekend`. */
  readonly expected?: string | undefined;
}

/** A violation as far as a check knows: not what follows from it. */
export type CheckFinding = Omit<GateViolation, "query" | "subject" | "blocking" | "next">;

/** What a check has judged, and what it found. */
export interface CheckedReading {
  /** Query that was asked, such as `dws_audit_dump_records`. */
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
  /** SHA-256 of the records [hex]. */
  readonly digest: string;
  /** What is wrong; none where all is in order. */
  readonly findings: readonly CheckFinding[];
}

/** A rule of a program's own about a reading, for `checks` of a gate. Made by {@link gateCheck}. */
export interface GateCheck {
  /** Its name, as it is shown where the rule is violated. */
  readonly rule: string;
  /** What it has judged and found, once the reading is there. */
  readonly checked: pulumi.Output<CheckedReading>;
}

/**
 * A rule of the program's own, for `checks` of a gate. `judge` runs in the program, so it can use whatever is there,
 * and is never written into a state. It is not asked about a reading that is not complete: that is a violation; one with `summaryOnly` is refused.
 *
 * @param rule - Name, as it is shown where the rule is violated.
 * @param reading - A resource of this package, or what one of its functions returns.
 * @param judge - Says whether the reading is in order. If it throws, or says anything else, that is a violation.
 */
export function gateCheck(
  rule: string,
  reading: DwsAuditDumpRecords | pulumi.Input<GetDwsAuditDumpRecordsResult>,
  judge: (reading: GetDwsAuditDumpRecordsResult) => CheckResult | Promise<CheckResult>,
  options?: GateCheckOptions,
): GateCheck;
/** The same for a reading of DWS parameter modifications. */
export function gateCheck(
  rule: string,
  reading: DwsParameterModificationRecords | pulumi.Input<GetDwsParameterModificationRecordsResult>,
  judge: (reading: GetDwsParameterModificationRecordsResult) => CheckResult | Promise<CheckResult>,
  options?: GateCheckOptions,
): GateCheck;
/** The same for a reading of DDS audit logs. */
export function gateCheck(
  rule: string,
  reading: DdsAuditLogs | pulumi.Input<GetDdsAuditLogsResult>,
  judge: (reading: GetDdsAuditLogsResult) => CheckResult | Promise<CheckResult>,
  options?: GateCheckOptions,
): GateCheck;
export function gateCheck(
  rule: string,
  reading: object,
  judge: (reading: never) => unknown,
  options: GateCheckOptions = {},
): GateCheck {
  refuseUnknown("gateCheck's options", ["expected"], options);
  if (typeof reading !== "object" || reading === null || typeof judge !== "function") {
    throw new pulumi.RunError("gateCheck needs a name, a reading, and a function that judges it.");
  }
  const { expected = `the check ${JSON.stringify(rule)} to find nothing` } = options;
  const checked = valuesOf(reading).apply(async (values): Promise<CheckedReading> => {
    if (values["records"] === null) {
      throw new pulumi.RunError(
        `The check ${JSON.stringify(rule)} has no records to judge: read them without summaryOnly.`,
      );
    }
    const query = queries[queryIn(reading) ?? queryOf(values)].name;
    return {
      query,
      subject: String(values["clusterId"] ?? values["instanceId"]),
      digest: String(values["digest"]),
      findings: await findingsOf(rule, query, values, judge, expected),
    };
  });
  return { rule, checked };
}

async function findingsOf(
  rule: string,
  query: string,
  values: Values,
  judge: (reading: never) => unknown,
  expected: string,
): Promise<readonly CheckFinding[]> {
  if (values["complete"] !== true) {
    const found = `a reading that cannot be proved complete (${String(values["incompleteReason"])})`;
    const ruleId = ruleIdOf(query, "complete");
    const facts = { rule: "complete", ruleId, kind: "incomplete", code: "ERR_INCOMPLETE" } as const;
    return [finding(facts, "every record to be read", found)];
  }
  const facts = { rule, ruleId: `check.${rule}`, kind: "violated" } as const;
  let result: unknown;
  try {
    result = await judge(values as never);
  } catch (error) {
    return [finding(facts, expected, `a check that cannot judge (${String(error)})`)];
  }
  if (result === true) return [];
  if (!Array.isArray(result)) {
    return [
      finding(facts, expected, result === false ? "otherwise" : "a check that says neither yes nor no"),
    ];
  }
  if (result.length === 0) return [];
  const records = result.length === 1 ? "1 record" : `${result.length} records`;
  return [finding(facts, expected, `${records} against it`, result)];
}

/** Records that a finding shows, and how much of each. */
const SHOWN = 5;
const LONGEST = 400;

function finding(
  facts: Pick<CheckFinding, "rule" | "ruleId" | "kind" | "code">,
  expected: string,
  found: string,
  records: readonly unknown[] = [],
): CheckFinding {
  return {
    ...facts,
    expected: harmless(expected),
    found: harmless(found),
    message: harmless(`Expected ${expected}, found ${found}.`),
    records: records
      .slice(0, SHOWN)
      .map((record) => harmless(JSON.stringify(record) ?? String(record)).slice(0, LONGEST)),
  };
}

function valuesOf(reading: object): pulumi.Output<Values> {
  return readingIn(reading) ?? pulumi.output(reading).apply((values): Values => ({ ...values }));
}

// What a function has read does not say by which: each query has a summary of its own, of which a unit test's mocks
// may give a part.
function queryOf(values: Values): QueryName {
  const summary = Object.keys(Object(values["summary"]) as object);
  const [nearest] = (Object.keys(queries) as QueryName[])
    .map((query) => {
      const own = new Set(fieldsOf(queries[query].summary).map(({ name }) => name));
      const asked = fieldsOf(queries[query].args).every(
        ({ name, required }) => !required || isGiven(values[name]),
      );
      return { query, size: own.size, shared: asked ? summary.filter((name) => own.has(name)).length : 0 };
    })
    .filter(({ shared }) => shared > 0)
    // One may have all the fields of another, and more.
    .toSorted((a, b) => b.shared - a.shared || a.size - b.size);
  if (nearest) return nearest.query;
  throw new pulumi.RunError("A gate's check needs a reading of @auditgate/pulumi-provider.");
}
