import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import { joinDates, NO_DATES } from "../reading/service-dates.ts";
import { askOnce, createServiceClock } from "./ask.ts";
import { checkOutcomes } from "./checks/check-outcomes.ts";
import type { TimedCheck } from "./checks/program-check.ts";
import { askTime, timeOfReadings } from "./checks/time-of-checks.ts";
import { beginConclusion } from "./conclude.ts";
import { type EvaluateOptions, refuseUnknown } from "./evaluate-options.ts";
import { type EvidenceReading, type GatePlace, verdictLine } from "./evidence/evidence.ts";
import { openEvidenceFile } from "./evidence/evidence-file.ts";
import { disbelieved, examine, type Refused } from "./examine.ts";
import { type Meant, meantBy } from "./listing/meant.ts";
import { listSubjectsOf } from "./list-subjects.ts";
import { inOrder } from "./in-order.ts";
import type { GatePolicy } from "./policy/policy.types.ts";
import { validatePolicy } from "./policy/validate-policy.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import type { GateVerdict } from "./verdict.ts";
import type { GateViolation } from "./verdict.types.ts";

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
  return await judgeSubjects(client, validatePolicy(policy, options.checks), options);
}

/** Options of {@link judgeSubjects}. */
export interface JudgeOptions extends EvaluateOptions {
  /** Time to measure windows and ages at in place of the service's [ms since 1970-01-01 UTC]. */
  readonly at?: number | undefined;
  /** Which of all queries and subjects are judged, in their order; all if absent. */
  readonly select?: ((all: readonly SubjectName[]) => readonly SubjectName[]) | undefined;
  /** Called for each that was judged, in order. */
  readonly onJudged?: ((trail: JudgedTrail) => void) | undefined;
}

/** What was read of one subject, and by which rules it was judged. */
export interface JudgedTrail {
  /** What was asked and answered, without the records. */
  readonly reading: EvidenceReading;
  /** Records as the query declares them. */
  readonly records: readonly object[];
  /** Rule sets of the policy about the subject, with ids in place of `"*"`; none for a list. */
  readonly rules: readonly object[];
  /** What nothing accepts of what the rules have seen. */
  readonly refused: readonly Refused[];
  /** What is wrong with it by the policy. */
  readonly violations: readonly GateViolation[];
}

/** A query, and the id of the cluster or instance that it is asked about. */
export type SubjectName = Pick<EvidenceReading, "query" | "subject">;

/**
 * Judges the audit trail by a policy that was validated. Of what was read it keeps what the verdict says: records and
 * findings are told to `onJudged`, written as evidence, and forgotten.
 *
 * @throws {AuditError} as {@link evaluateGate}.
 */
export async function judgeSubjects(
  client: Client,
  policy: GatePolicy,
  options: JudgeOptions,
): Promise<GateVerdict> {
  const { concurrency = client.connection.concurrency } = options;
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw new AuditError("ERR_ARGUMENT", `concurrency must be a whole number above 0, not ${concurrency}.`, {
      argument: "concurrency",
    });
  }
  const abandon = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abandon.signal]) : abandon.signal;
  const clock = createServiceClock(client);
  const { at, checks = [], evidenceFile, replaceEvidence = false } = options;
  const file = evidenceFile === undefined ? undefined : await openEvidenceFile(evidenceFile, replaceEvidence);
  const readings: EvidenceReading[] = [];
  const conclusion = beginConclusion(policy);
  let dates = NO_DATES;
  try {
    const { acknowledged = [] } = policy;
    const judge = async (subject: Subject) => {
      const ask = () => askOnce(client, subject, clock, signal);
      return { subject, ...(await examine(client, subject, acknowledged, ask, { signal, at })) };
    };
    const record = async ({
      subject,
      asked,
      reading,
      outcome,
      refused,
    }: Awaited<ReturnType<typeof judge>>) => {
      const all = joinDates(dates, asked.answered?.reading.dates ?? NO_DATES);
      // The first answers are what later ones are compared with.
      if (!all.problem) dates = all;
      const { problem } = all;
      const violations = conclusion.add(problem ? disbelieved(subject, outcome, problem) : outcome);
      const head: EvidenceReading = problem ? { ...reading, clock: problem } : reading;
      readings.push(head);
      const records = asked.answered?.reading.records ?? [];
      const { rules } = subject;
      options.onJudged?.({ reading: head, records, rules, refused: problem ? [] : refused, violations });
      await file?.add(head, records);
    };
    // On its own, so that the lists are forgotten once it is known what they mean.
    const lookUp = async (): Promise<{ readonly meant: Meant; readonly wanted: readonly boolean[] }> => {
      const lists: { [query: string]: readonly object[] } = {};
      const listed = await Promise.all(listSubjectsOf(policy).map(judge));
      for (const { subject, asked } of listed) lists[subject.query] = asked.answered?.reading.records ?? [];
      const meant = meantBy(policy, lists);
      const every = Array.from(subjectsOf(meant.policy), nameOf);
      const names = [...listed.map(({ subject }) => nameOf(subject)), ...every];
      const chosen = new Set(options.select ? options.select(names) : names);
      for (const [index, list] of listed.entries()) {
        // A list that says less than everything counts, whoever asked for it.
        if (chosen.has(names[index]!) || list.outcome.findings.length > 0) await record(list);
      }
      return { meant, wanted: every.map((name) => chosen.has(name)) };
    };
    const { meant, wanted } = await lookUp();
    const own = filtered(subjectsOf(meant.policy, at), wanted);
    for await (const judged of inOrder(own, concurrency, judge)) await record(judged);
    const told = timeOfReadings(readings);
    const time = told === undefined ? await askTime(client, acknowledged, checks, signal) : told;
    const timed = checks.map((check): TimedCheck => ({ ...check, servedAt: time }));
    for (const check of timed) await file?.addCheck(check);
    const place = readings.length === 0 && checks.length > 0 ? NOWHERE : await placeOf(client, readings);
    for (const outcome of checkOutcomes(policy, timed)) conclusion.add(outcome);
    const verdict = verdictLine(policy, { readings, checks: timed }, conclusion.end(meant), place);
    await file?.finish(verdict);
    const {
      passed,
      blocking,
      violations,
      acknowledged: met,
      skipped,
      warnings,
      digest,
      verdictDigest,
    } = verdict;
    return {
      passed,
      enforcement: policy.enforcement ?? "mandatory",
      blocking,
      place,
      violations,
      acknowledged: met,
      skipped,
      warnings,
      evidenceDigest: digest,
      verdictDigest,
      evidence: { digest, readings, ...(timed.length > 0 && { checks: timed }) },
    };
  } finally {
    abandon.abort();
    await file?.discard();
  }
}

function nameOf({ query, id }: Subject): SubjectName {
  return { query, subject: id };
}

function* filtered<Item>(items: Iterable<Item>, wanted: readonly boolean[]): Generator<Item, void> {
  let index = 0;
  for (const item of items) if (wanted[index++]) yield item;
}

/** The place of a verdict that was found without looking anywhere. */
const NOWHERE: GatePlace = { region: null, projectId: null, identity: null };

// Known from a reading; where there was none, as far as the settings say it.
async function placeOf(client: Client, readings: readonly EvidenceReading[]): Promise<GatePlace> {
  const { region = null, projectId = null, identity = null } = await client.connection.place();
  const asked = readings.find((reading) => reading.projectId !== null);
  return { region: asked?.region ?? region, projectId: asked?.projectId ?? projectId, identity };
}
