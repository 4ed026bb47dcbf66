import type { Client } from "../client.ts";
import type { AuditError } from "../errors.ts";
import { utcInstant } from "../instant.ts";
import type { DatesProblem } from "../reading/service-dates.ts";
import { createAcceptor } from "./acknowledged/acceptor.ts";
import type { Outcome } from "./conclude.ts";
import type { EvidenceReading } from "./evidence/evidence.ts";
import type { Acknowledgement } from "./policy/policy.types.ts";
import { harmless } from "../texts/harmless.ts";
import { unjudged } from "./rules/rule.ts";
import type { Asked, Subject } from "./subjects.ts";
import { clockFault } from "./trail/clock-fault.ts";
import { type Finding, unread } from "./trail/finding.ts";
import type { Seen } from "./trail/seen.ts";

/** What was asked about a subject, and what its rules make of it. */
export interface Examined {
  readonly asked: Asked;
  readonly reading: EvidenceReading;
  readonly outcome: Outcome;
  /** What nothing accepts, by the ids of the rules that have seen it. */
  readonly refused: readonly Refused[];
}

/** Something that a rule has seen and no acknowledgement accepts. */
export interface Refused {
  /** ID of the rule, such as `dws.dump.max-failures`. */
  readonly ruleId: string;
  /** What it was, in the fields that an acknowledgement names. */
  readonly seen: Seen;
}

/** Judges the answer about one subject. */
export async function examine(
  client: Client,
  subject: Subject,
  acknowledged: readonly Acknowledgement[],
  ask: () => Promise<Asked>,
  { signal, at }: { readonly signal: AbortSignal; readonly at: number | undefined },
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
    ...(at !== undefined && { at: utcInstant(at) }),
    requestIds,
    complete,
    reason: error ? `${error.code}: ${error.message}` : (incompleteReason ?? null),
    count: records?.length ?? 0,
    digest,
  };
  const refused: Refused[] = [];
  const acceptor = createAcceptor(acknowledged, subject.id, servedAt, (ruleId, seen) => {
    refused.push({ ruleId, seen });
  });
  const findings = answered
    ? distinct(answered.judge(acceptor))
    : error
      ? [unreadable(subject, error.code, error.message)]
      : [];
  return { asked, reading, outcome: { ...reading, findings, acceptor }, refused };
}

/** What is found where nothing could be read. */
export function unreadable(
  { catalogue }: Pick<Subject, "catalogue">,
  code: AuditError["code"],
  message: string,
): Finding {
  const found = `${code}: ${harmless(message)}`;
  return unjudged(catalogue, "readable", unread("error", code, "an audit trail that can be read", found));
}

/** An outcome that rests on a clock which cannot be believed: whatever was found counts for nothing. */
export function disbelieved({ catalogue }: Subject, outcome: Outcome, problem: DatesProblem): Outcome {
  const acceptor = createAcceptor([], outcome.subject);
  return { ...outcome, findings: [unjudged(catalogue, "clock", clockFault(problem))], acceptor };
}

/** Several rules about one subject may find the same. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
