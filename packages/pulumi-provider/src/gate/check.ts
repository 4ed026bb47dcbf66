import { fieldsOf, identityOf, type ProgramCheck, queries } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { isGiven, type QueryName, type Values } from "../arguments.ts";
import { refuseUnknown } from "../errors.ts";
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

/** What a check has judged. */
export interface CheckedReading {
  /** Query that was asked, such as `dws_audit_dump_records`. */
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
  /** SHA-256 of the records [hex]. */
  readonly digest: string;
}

/** A rule of a program's own about a reading, for `checks` of a gate. Made by {@link gateCheck}. */
export interface GateCheck {
  /** Its name, as it is shown where the rule is violated; `check.<name>` is the id that acknowledgements name. */
  readonly rule: string;
  /** What it has judged, once the reading is there. */
  readonly checked: pulumi.Output<CheckedReading>;
}

/**
 * A rule of the program's own, for `checks` of a gate. `judge` runs in the program, so it can use whatever is there,
 * and is never written into a state. It is not asked about a reading that is not complete: that is a violation; one with `summaryOnly` is refused.
 *
 * Records that it returns can be acknowledged, under `check.<name>`; a mere no cannot.
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
  const checked = valuesOf(reading).apply(async (values): Promise<ProgramCheck> => {
    if (values["records"] === null) {
      throw new pulumi.RunError(
        `The check ${JSON.stringify(rule)} has no records to judge: read them without summaryOnly.`,
      );
    }
    const query = queries[queryIn(reading) ?? queryOf(values)].name;
    return {
      query,
      rule,
      subject: String(values["clusterId"] ?? values["instanceId"]),
      region: textIn(values, "region"),
      projectId: textIn(values, "projectId"),
      digest: String(values["digest"]),
      expected,
      ...(await saidOf(query, values, judge)),
    };
  });
  return { rule, checked };
}

type Said = Pick<ProgramCheck, "outcome" | "reason" | "against">;

async function saidOf(query: string, values: Values, judge: (reading: never) => unknown): Promise<Said> {
  if (values["complete"] !== true) return said("unasked", String(values["incompleteReason"]));
  try {
    const result = await judge(values as never);
    if (typeof result === "boolean") return said(result ? "said-yes" : "said-no");
    if (!Array.isArray(result)) return said("said-neither");
    const against = result.map((record: unknown) => ({ seen: seenIn(query, record), text: textOf(record) }));
    return { ...said(result.length === 0 ? "said-yes" : "said-which"), against };
  } catch (error) {
    return said("threw", String(error));
  }
}

function said(outcome: Said["outcome"], reason: string | null = null): Said {
  return { outcome, reason, against: [] };
}

function seenIn(query: string, record: unknown): ProgramCheck["against"][number]["seen"] {
  const name = identityOf(query);
  const text = textIn(Object(record) as Values, name);
  return text === null ? {} : { [name]: text };
}

function textIn(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** How much of a record is kept beside what identifies it [characters]. */
const LONGEST = 400;

function textOf(record: unknown): string {
  return (JSON.stringify(record) ?? String(record)).slice(0, LONGEST);
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
