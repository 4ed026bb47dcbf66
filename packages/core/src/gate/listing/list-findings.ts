import type { DatedReading } from "../../reading/read.ts";
import { clockFault } from "../trail/clock-fault.ts";
import { type Fault, type Finding, unknown, unread, violated } from "../trail/finding.ts";
import { counted, listed } from "../trail/wording.ts";
import { harmless } from "../../texts/harmless.ts";
import { unjudged } from "../rules/rule.ts";
import { everyOf, type Lists } from "./every.ts";
import { standingOf } from "./states.ts";

type ListReading = Pick<DatedReading<Listed, unknown>, "records" | "complete" | "incompleteReason"> &
  Partial<Pick<DatedReading<Listed, unknown>, "dates">>;

/** What findings need of a listed cluster or instance. */
export interface Listed {
  readonly id: string | null;
  readonly status: string | null;
}

/** A list that is judged: of what, and which exceptions each rule set with `"*"` makes. */
export interface ListTerms {
  readonly query: keyof Lists;
  readonly family: string;
  /** `DWS cluster` or `DDS instance`. */
  readonly noun: string;
  readonly exceptions: readonly (readonly string[])[];
}

/**
 * What keeps `"*"` from meaning what it says: a list that is not whole, names nothing that is left to judge, or has states
 * that no document names.
 */
export function listFindings(
  { records: listedRecords, complete, incompleteReason = "no reason is given", dates }: ListReading,
  { query, family, noun, exceptions }: ListTerms,
): readonly Finding[] {
  if (!complete) {
    const found = `a list that cannot be proved complete (${harmless(incompleteReason)})`;
    const fault = unread("incomplete", "ERR_INCOMPLETE", `the list of every ${noun}`, found);
    return [unjudged({ family }, "complete", fault)];
  }
  if (dates?.problem) return [unjudged({ family }, "clock", clockFault(dates.problem))];
  // In one order, whatever the service's is.
  const records = listedRecords.toSorted((a, b) => ((a.id ?? "") < (b.id ?? "") ? -1 : 1));
  // A list that is read for its nodes alone has named subjects, which are judged whatever their state is.
  const nameless = exceptions.length === 0 ? [] : records.filter(({ id }) => id === null);
  const meant = new Set(exceptions.flatMap((except) => everyOf(query, records, except)));
  const strange = records.filter(
    ({ id, status }) => id !== null && meant.has(id) && standingOf(query, status) === "unknown",
  );
  const empty = exceptions.filter((except) => everyOf(query, records, except).length === 0);
  return [
    ...(nameless.length > 0
      ? [
          named(
            "subjects",
            unknown(`the id of every ${noun}`, `${counted(nameless.length, noun)} without one`, nameless),
          ),
        ]
      : []),
    ...(strange.length > 0
      ? [
          named(
            "status",
            unknown(
              "states that the documents name",
              `${listed(strange.map(({ status }) => status))} of ${counted(strange.length, noun)}`,
              strange,
            ),
          ),
        ]
      : []),
    ...empty
      .slice(0, 1)
      .map((except) =>
        named("subjects", violated(`a ${noun} to judge`, noneLeft(records.length, noun, except.length))),
      ),
  ];

  function named(rule: "subjects" | "status", fault: Fault): Finding {
    return { rule, ruleId: `${family}.${rule}`, ...fault };
  }
}

function noneLeft(all: number, noun: string, excepted: number): string {
  if (all === 0) return `no ${noun} that this identity may see`;
  const how = excepted > 0 ? `excepted or skipped for its state` : `skipped for its state`;
  return `none, as each of ${counted(all, noun)} is ${how}`;
}
