import * as z from "zod";
import { createAcceptor } from "../acknowledged/acceptor.ts";
import { checkOutcomes } from "../checks/check-outcomes.ts";
import type { TimedCheck } from "../checks/program-check.ts";
import { timeOfReadings } from "../checks/time-of-checks.ts";
import { beginConclusion, type Outcome } from "../conclude.ts";
import type { AuditErrorCode } from "../../errors.ts";
import { latestServed } from "../evidence/evidence.ts";
import { disbelieved, distinct, unreadable } from "../examine.ts";
import { datesProblem } from "./dates-problem.ts";
import type { GatePolicy } from "../policy/policy.types.ts";
import type { Lists } from "../listing/every.ts";
import { meantBy } from "../listing/meant.ts";
import { listSubjectsOf } from "../list-subjects.ts";
import { EVERY } from "../rules/policy-values.ts";
import { ddsInstances } from "../../queries/dds-instances.ts";
import { dwsClusters } from "../../queries/dws-clusters.ts";
import { statedPolicy } from "./stated-policy.ts";
import { type Subject, subjectsOf } from "../subjects.ts";

/** An object of a file. */
export interface Json {
  readonly [name: string]: unknown;
}

/** A reading as a file has it. */
export interface Recalled {
  readonly head: Json;
  readonly records: readonly unknown[];
}

/**
 * Where the verdict of a file is another one than follows from its readings, policy and times, and from what checks have
 * said: one line each.
 */
export function judgedAgain(
  verdict: Json,
  readings: readonly Recalled[],
  checks: readonly TimedCheck[],
): readonly string[] {
  const policy = statedPolicy(verdict["policy"], checks);
  if (!policy) return ["the policy is none that could have been judged"];
  const meant = meantBy(policy, listsIn(readings));
  const subjects = [...listSubjectsOf(policy), ...subjectsOf(meant.policy)];
  const strangers = readings.flatMap(({ head }, index) => {
    const subject = subjects[index];
    const isRight = subject && head["query"] === subject.query && head["subject"] === subject.id;
    return isRight
      ? []
      : [`${String(head["query"])} of ${String(head["subject"])}: the policy does not ask this here`];
  });
  if (strangers.length > 0) return strangers;
  if (readings.length !== subjects.length) {
    return [`${readings.length} readings, where the policy asks for ${subjects.length}`];
  }
  const outcomes = subjects.flatMap((subject, index) => outcomeOf(subject, policy, readings[index]) ?? []);
  if (outcomes.length !== subjects.length) return ["a reading is none of its query"];
  const heads = readings.map(({ head }) => {
    const clock = datesProblem.safeParse(head["clock"]).data;
    return { servedAt: textIn(head, "servedAt") ?? null, ...(clock && { clock }) };
  });
  const told = timeOfReadings(heads);
  if (told !== undefined && checks.some(({ servedAt }) => servedAt !== told))
    return ["a check was judged at another time than the readings have"];
  const place = placeOf(verdict, readings);
  const time = latestServed([...heads, ...checks]);
  const conclusion = beginConclusion(policy);
  for (const outcome of [...outcomes, ...checkOutcomes(policy, checks)]) conclusion.add(outcome);
  const again: Json = { ...conclusion.end(meant), place, time };
  return Object.entries(again).flatMap(([name, value]) =>
    sameText(name, value) === sameText(name, verdict[name])
      ? []
      : [`${name} is another one than follows from the readings and the policy`],
  );
}

/** What `"*"` was looked up in: of each list its records, of which one that is none of its query is told later. */
function listsIn(readings: readonly Recalled[]): Lists {
  const recordsOf = <Row>(query: { readonly name: string; readonly record: z.ZodType<Row> }) => {
    const given = readings.find(({ head }) => head["query"] === query.name && head["subject"] === EVERY);
    return z.array(query.record).safeParse(given?.records ?? []).data ?? [];
  };
  const clusters = recordsOf(dwsClusters);
  const instances = recordsOf(ddsInstances);
  return { dws_clusters: clusters, dds_instances: instances };
}

function outcomeOf(subject: Subject, policy: GatePolicy, given: Recalled | undefined): Outcome | undefined {
  if (!given) return undefined;
  const { head, records } = given;
  const servedAt = textIn(head, "servedAt");
  const at = instantIn(head, "servedAt");
  const acceptor = createAcceptor(policy.acknowledged ?? [], subject.id, at);
  const outcome = { query: subject.query, subject: subject.id, servedAt: servedAt ?? null, acceptor };
  const reason = textIn(head, "reason");
  if (head["digest"] === null) {
    const [, code, message = ""] = /^(ERR_[A-Z_]+): ([^]*)$/.exec(reason ?? "") ?? [];
    if (code === undefined) return undefined;
    // Only quoted.
    return { ...outcome, findings: [unreadable(subject, code as AuditErrorCode, message)] };
  }
  const problem = datesProblem.optional().safeParse(head["clock"]);
  if (!problem.success) return undefined;
  if (problem.data) return disbelieved(subject, { ...outcome, findings: [] }, problem.data);
  const reading = {
    records,
    complete: head["complete"] === true,
    servedAt: at,
    at: instantIn(head, "at"),
    ...(reason !== undefined && { incompleteReason: reason }),
  };
  const findings = subject.recall(reading)?.judge(acceptor);
  return findings && { ...outcome, findings: distinct(findings) };
}

function instantIn(head: Json, name: string): number | undefined {
  const text = textIn(head, name);
  return text === undefined ? undefined : Date.parse(text);
}

/** Where it was asked; where nothing could be read, the verdict alone says so. */
function placeOf(verdict: Json, readings: readonly Recalled[]): Json {
  const stated = placeIn(verdict);
  const asked = readings.find(({ head }) => head["projectId"] !== null)?.head;
  return {
    region: asked?.["region"] ?? stated["region"] ?? null,
    projectId: asked?.["projectId"] ?? stated["projectId"] ?? null,
    identity: stated["identity"] ?? null,
  };
}

function placeIn({ place }: Json): Json {
  return typeof place === "object" && place !== null ? { ...place } : {};
}

function textIn(head: Json, name: string): string | undefined {
  const value = head[name];
  return typeof value === "string" ? value : undefined;
}

/** As text; of violations without the records that they show, as evidence has no record's place in its list. */
function sameText(name: string, value: unknown): string {
  if (name !== "violations" || !Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(value, (key, inner: unknown) => (key === "records" ? undefined : inner));
}
