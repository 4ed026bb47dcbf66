import type { Client, EvidenceOptions, GatePolicy, GateVerdict } from "@auditgate/core";
import { type Attribute, type Attributes, camelCase, isBlock } from "../schema/attribute.ts";
import { type Core, type ReadRequest, type ReadResult, resultsOf, scopeOf } from "./data-source.ts";
import { errorDiagnostic, warningDiagnostic } from "./diagnostics.ts";
import type { Diagnostic } from "../protocol/gen/tfplugin6.ts";
import { inSnakeCase, violationInSnakeCase } from "./words.ts";
import { Decimal, isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../schema/value.ts";

/** Type name of the data source, and of the ephemeral resource. */
export const GATE = "auditgate_gate";

/**
 * Evaluates a gate. What its policy wants to fail is one error, without a state: whatever depends on the gate is then
 * left alone. What it only wants said is one warning.
 *
 * @param onRequests - Told the ids of the requests that were made, and the outcome: for the log, not for the state.
 * @throws {AuditError} as `evaluateGate` of core.
 */
export async function readGate(
  core: Core,
  client: Client,
  { attributes, config, signal }: ReadRequest,
  onRequests: (ids: readonly string[], outcome?: string) => void,
): Promise<ReadResult> {
  const {
    region = null,
    project_id: projectId = null,
    evidence_file = null,
    replace_evidence = null,
    ...rules
  } = config;
  const policy = toArguments(attributes, rules);
  const evidence: EvidenceOptions = toArguments(attributes, { evidence_file, replace_evidence });
  // Core checks the policy, whatever it is.
  const judged = await core.evaluateGate(client.with(scopeOf(config)), policy as GatePolicy, {
    signal,
    ...evidence,
  });
  const verdict = {
    ...judged,
    violations: judged.violations.map(violationInSnakeCase),
    acknowledged: judged.acknowledged.map((each) => ({ ...each, record: inSnakeCase(each.record) })),
    warnings: judged.warnings.map(inSnakeCase),
  };
  const { readings } = verdict.evidence;
  onRequests(
    readings.flatMap(({ requestIds }) => requestIds),
    inSnakeCase(core.gateHeadline(judged)),
  );
  const diagnostics = diagnosticsOf(core, verdict);
  if (verdict.blocking) return { diagnostics };
  // As written: looked up, they are unknown while nothing can be read, and the id would not be the same.
  const id = core.readingId("gate", policy, scopeOf(config));
  const asked = readings.find((reading) => reading.projectId !== null);
  return {
    state: {
      // Engines insist on arguments as they were written.
      ...config,
      ...resultsOf(attributes, { ...verdict, acknowledgedFindings: verdict.acknowledged, id }),
      region: region ?? asked?.region ?? null,
      project_id: projectId ?? asked?.projectId ?? null,
    },
    diagnostics,
  };
}

function diagnosticsOf(
  { formatAcknowledged, formatViolations, gateHeadline, gatePlaceLine }: Core,
  verdict: GateVerdict,
): Diagnostic[] {
  const known = formatAcknowledged(verdict);
  if (verdict.passed && known === "") return [];
  const parts = [formatViolations(verdict), known, inSnakeCase(gatePlaceLine(verdict))];
  const finding = {
    summary: gateHeadline(verdict),
    detail: parts.filter((text) => text !== "").join("\n\n"),
  };
  return [verdict.blocking ? errorDiagnostic(finding) : warningDiagnostic(finding)];
}

/** Values of a configuration under core's names; what is not set is left out. */
function toArguments(attributes: Attributes, values: ObjectValue): object {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]) => {
      const value = values[name] ?? null;
      // Engines say of a block that is not written that there are none.
      const isAbsent = value === null || (isBlock(attribute) && isList(value) && value.length === 0);
      return isAbsent ? [] : [[camelCase(name), toArgument(attribute, value)]];
    }),
  );
}

function toArgument(attribute: Attribute, value: Value): unknown {
  // Engines evaluate a gate once all its arguments are known.
  if (value === UNKNOWN) throw new TypeError("a gate cannot be evaluated with unknown arguments");
  if (isList(value)) return value.map((item) => toArgument(attribute, item));
  if (attribute.nested && isObject(value)) return toArguments(attribute.nested.attributes, value);
  if (attribute.keys && isObject(value)) return toArguments(attribute.keys, value);
  // No number that core takes; it says so.
  if (value instanceof Decimal) return value.text;
  return typeof value === "bigint" ? String(value) : value;
}
