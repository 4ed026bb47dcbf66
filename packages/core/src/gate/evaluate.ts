import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import { utcInstant } from "../instant.ts";
import { joinDates, NO_DATES } from "../reading/service-dates.ts";
import { type Asked, askOnce, createServiceClock } from "./ask.ts";
import { type EvidenceReading, evidenceDigest } from "./evidence/evidence.ts";
import { openEvidenceFile } from "./evidence/evidence-file.ts";
import { unjudged } from "./rules/rule.ts";
import { type Finding, unread } from "./trail/finding.ts";
import { clockFault } from "./trail/clock-fault.ts";
import { inOrder } from "./in-order.ts";
import type { GatePolicy } from "./policy/policy.types.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import { validatePolicy } from "./policy/validate-policy.ts";
import type { GatePlace, GateVerdict } from "./verdict.ts";
import type { GateViolation } from "./verdict.types.ts";
import { violationsOf } from "./violation.ts";
import { harmless } from "../texts/harmless.ts";

/** Options of {@link evaluateGate}. */
export interface EvaluateOptions {
  /** Ends the evaluation with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Clusters and instances asked about at once; the client's `concurrency` if absent. */
  readonly concurrency?: number | undefined;
  /** Where to write the evidence: a path at which there is no file yet. */
  readonly evidenceFile?: string | undefined;
  /** Replace an evidence file that is there already, as the next run of a pipeline in the same folder does. */
  readonly replaceEvidence?: boolean | undefined;
}

/**
 * Judges the audit trail by a policy. It fails closed: whatever could not be read, could not be proved complete, or
 * does not say what a rule needs to know, is a violation, and `passed` is true only where there is none.
 *
 * One reading for each query and subject. Ages are measured from the service's time, not from the machine's.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy that is malformed or demands nothing, an option that there is not,
 *   or an evidence file that cannot be written; `ERR_ABORTED`. Every other failure is a violation.
 */
export async function evaluateGate(
  client: Client,
  policy: GatePolicy,
  options: EvaluateOptions = {},
): Promise<GateVerdict> {
  refuseUnknown(options);
  const { concurrency = client.connection.concurrency } = options;
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw new AuditError("ERR_ARGUMENT", `concurrency must be a whole number above 0, not ${concurrency}.`, {
      argument: "concurrency",
    });
  }
  const valid = validatePolicy(policy);
  const abandon = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abandon.signal]) : abandon.signal;
  const clock = createServiceClock(client);
  const { evidenceFile, replaceEvidence = false } = options;
  const file = evidenceFile === undefined ? undefined : await openEvidenceFile(evidenceFile, replaceEvidence);
  const readings: EvidenceReading[] = [];
  const violations: GateViolation[] = [];
  let dates = NO_DATES;
  try {
    const examined = inOrder(subjectsOf(valid), concurrency, (subject) =>
      examine(client, subject, () => askOnce(client, subject, clock, signal), signal),
    );
    for await (const { subject, asked, reading, findings } of examined) {
      readings.push(reading);
      const all = joinDates(dates, asked.answered?.reading.dates ?? NO_DATES);
      // The first answers are what later ones are compared with.
      if (!all.problem) dates = all;
      const believed = all.problem
        ? [unjudged(subject.catalogue, "clock", clockFault(all.problem))]
        : findings;
      for (const violation of violationsOf(valid, reading, believed)) violations.push(violation);
      await file?.add(reading, asked.answered?.reading.records ?? []);
    }
    const digest = evidenceDigest(readings);
    const passed = violations.length === 0;
    const place = await placeOf(client, readings);
    await file?.finish({ passed, readings: readings.length, digest, place, policy: valid, violations });
    const { enforcement = "mandatory" } = valid;
    const blocking = violations.some((violation) => violation.blocking);
    return {
      passed,
      enforcement,
      blocking,
      place,
      violations,
      evidenceDigest: digest,
      evidence: { digest, readings },
    };
  } finally {
    abandon.abort();
    await file?.discard();
  }
}

const OPTIONS: { readonly [name in keyof Required<EvaluateOptions>]: true } = {
  signal: true,
  concurrency: true,
  evidenceFile: true,
  replaceEvidence: true,
};

/** Whoever misspells an option, such as evidenceFile, would believe it to be in force. */
function refuseUnknown(options: EvaluateOptions): void {
  const argument = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name));
  if (argument === undefined) return;
  const known = Object.keys(OPTIONS).join(", ");
  throw new AuditError(
    "ERR_ARGUMENT",
    `evaluateGate has no option ${JSON.stringify(argument)}: its options are ${known}.`,
    {
      argument,
    },
  );
}

// Known from a reading; where there was none, as far as the settings say it.
async function placeOf(client: Client, readings: readonly EvidenceReading[]): Promise<GatePlace> {
  const { region = null, projectId = null, identity = null } = await client.connection.place();
  const asked = readings.find((reading) => reading.projectId !== null);
  return { region: asked?.region ?? region, projectId: asked?.projectId ?? projectId, identity };
}

interface Examined {
  readonly subject: Subject;
  readonly asked: Asked;
  readonly reading: EvidenceReading;
  readonly findings: readonly Finding[];
}

async function examine(
  client: Client,
  subject: Subject,
  ask: () => Promise<Asked>,
  signal: AbortSignal,
): Promise<Examined> {
  const asked = await ask();
  const { answered, error, args } = asked;
  const { connection } = client;
  const deadline = performance.now() + connection.timeoutMs;
  // Known from the reading, and of no use without one.
  const scope = answered && (await connection.scope({ signal, deadline }));
  const {
    servedAt,
    complete = null,
    incompleteReason,
    requestIds = [],
    records,
    digest = null,
  } = answered?.reading ?? {};
  const reading: EvidenceReading = {
    query: subject.query,
    subject: subject.id,
    arguments: args,
    region: scope?.region ?? null,
    projectId: scope?.projectId ?? null,
    servedAt: servedAt === undefined ? null : utcInstant(servedAt),
    requestIds,
    complete,
    reason: error ? `${error.code}: ${error.message}` : (incompleteReason ?? null),
    count: records?.length ?? 0,
    digest,
  };
  const findings = answered ? distinct(answered.judge()) : error ? [unreadable(subject, error)] : [];
  return { subject, asked, reading, findings };
}

function unreadable({ catalogue }: Subject, error: AuditError): Finding {
  const found = `${error.code}: ${harmless(error.message)}`;
  return unjudged(
    catalogue,
    "readable",
    unread("error", error.code, "an audit trail that can be read", found),
  );
}

/** Several rules about one subject may find the same. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
