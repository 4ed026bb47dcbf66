import type * as z from "zod";
import { ended, type Fault, type Finding } from "../trail/finding.ts";
import type { Accepting, Accepts, SeenField } from "../trail/seen.ts";

/**
 * One demand that a policy can make: all that schemas, types, messages and pages of every door say of it.
 *
 * @typeParam Value - What the policy gives for it.
 * @typeParam Scene - What it judges.
 */
export interface Rule<Value, Scene> {
  /** Names it in violations, in whatever language: `dws.dump.max-failures`. Stable, and never used for another. */
  readonly id: string;
  /** Its field in the rules of its query. */
  readonly name: string;
  /** Its place among the rules of its query, in schemas, messages and pages. */
  readonly order: number;
  /** Optional, with a description. */
  readonly field: z.ZodType<Value | undefined>;
  /** What it demands, for the table of its query: Markdown, without a period. */
  readonly demands: string;
  /** True where it cannot be judged without knowing what time it is. */
  readonly timed: boolean;
  /** What to do where it is violated: one sentence. */
  readonly next: string;
  /** What identifies what it sees, so that it can be acknowledged; nothing where that cannot be. */
  readonly acknowledgedBy: readonly SeenField[];
  /** Controls of public catalogues whose text it serves. */
  readonly controls: readonly Control[];
  /** @param accepts - Asked about what counts against the rule; what it accepts does not count. */
  judge(value: Value, scene: Scene, accepts: Accepts): readonly Fault[];
}

/** A control of a public catalogue, and why the rule serves it. */
export interface Control {
  /** Such as `NIST SP 800-53 AU-5`. */
  readonly id: string;
  /** One line. */
  readonly why: string;
}

/** Every rule of one query. Generated from the files in its folder. */
export interface Catalogue<Scene> {
  /** Such as `dws_audit_dump_records`. */
  readonly query: string;
  /** What the ids of its rules begin with: `dws.dump`. */
  readonly family: string;
  readonly rules: readonly Rule<unknown, Scene>[];
}

/** What the given rules find, under their names. */
export function judgeBy<Scene>(
  { rules }: Catalogue<Scene>,
  given: object,
  scene: Scene,
  acceptor: { forRule(ruleId: string): Accepting },
): readonly Finding[] {
  const values = new Map<string, unknown>(Object.entries(given));
  return rules.flatMap((rule) => {
    const value = values.get(rule.name);
    if (value === undefined) return [];
    const { accepts, late } = acceptor.forRule(rule.id);
    const faults = rule.judge(value, scene, accepts);
    return faults.map((fault) => ({ rule: rule.name, ruleId: rule.id, ...ended(fault, [...late]) }));
  });
}

/** Whether one of the given rules cannot be judged without knowing what time it is. */
export function needsTime({ rules }: Catalogue<never>, given: object): boolean {
  const values = new Map<string, unknown>(Object.entries(given));
  return rules.some(({ name, timed }) => timed && values.get(name) !== undefined);
}

/** What stands for the rules of a query that cannot be judged. */
export type Unjudged = "readable" | "complete" | "clock" | "within";

/** A finding that no rule of the query makes, but that keeps its rules from being judged. */
export function unjudged<Scene>(
  { family }: Pick<Catalogue<Scene>, "family">,
  rule: Unjudged,
  fault: Fault,
): Finding {
  return { rule, ruleId: `${family}.${rule}`, ...fault };
}
