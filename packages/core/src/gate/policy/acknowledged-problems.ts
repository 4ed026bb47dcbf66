import type { Acknowledgement } from "./policy.types.ts";
import type { Problem } from "./policy-problem.ts";
import { checkRuleId, identityOf, type ProgramCheck } from "../checks/program-check.ts";
import { catalogues } from "../rules/catalogues.ts";
import { daysOf, MOST_DAYS } from "./acknowledged-period.ts";

/** What has to be known of a check, to acknowledge what it says. */
export type NamedCheck = Pick<ProgramCheck, "rule" | "query">;

/**
 * What is wrong with acknowledgements that have the right shape.
 *
 * @param checks - Those of the program's own, beside the rules.
 */
export function acknowledgementProblems(
  acknowledged: readonly Acknowledgement[],
  checks: readonly NamedCheck[],
): readonly Problem[] {
  return acknowledged.flatMap((each, index) =>
    problemsOf(each, checks).map(({ path, text }) => ({ path: ["acknowledged", index, ...path], text })),
  );
}

function problemsOf(each: Acknowledgement, checks: readonly NamedCheck[]): readonly Problem[] {
  const { rule, record, since, until } = each;
  const days = daysOf(each);
  const problems: Problem[] = [];
  if (days < 0) problems.push({ path: ["until"], text: `must not be before since, ${since}` });
  if (days > MOST_DAYS) {
    problems.push({
      path: ["until"],
      text: `cannot be ${until}: must be at most ${MOST_DAYS} days after since`,
    });
  }
  const choices = fieldsOf(rule, checks);
  const given = Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (!choices) {
    problems.push({ path: ["rule"], text: `cannot be ${JSON.stringify(rule)}: ${known(rule, checks)}` });
  } else if (choices.length === 0) {
    problems.push({
      path: ["rule"],
      text: `cannot be ${JSON.stringify(rule)}, which sees nothing that could be named`,
    });
  } else if (!choices.some((fields) => isSame(fields, given))) {
    const wanted = choices.map((fields) => fields.join(" and ")).join(", or ");
    problems.push({ path: ["record"], text: `must have ${wanted}, and nothing else` });
  }
  return problems;
}

/** What would be a rule in place of one that is none. */
function known(rule: string, checks: readonly NamedCheck[]): string {
  if (!rule.startsWith("check.")) return "must be the id of a rule, such as dws.dump.max-failures";
  if (checks.length === 0) return "this gate has no checks of a program's own";
  return `this gate has no check of that name, only ${[...new Set(checks.map(checkRuleId))].join(", ")}`;
}

/** Which fields identify what the rule sees; undefined for what is no rule. */
function fieldsOf(ruleId: string, checks: readonly NamedCheck[]): readonly (readonly string[])[] | undefined {
  const own = checks.filter((check) => checkRuleId(check) === ruleId);
  if (own.length > 0) return [...new Set(own.map(({ query }) => identityOf(query)))].map((field) => [field]);
  const rules = Object.values(catalogues).flatMap((catalogue) =>
    catalogue.rules.map(({ id, acknowledgedBy }) => ({ id, acknowledgedBy })),
  );
  const rule = rules.find(({ id }) => id === ruleId);
  return rule && (rule.acknowledgedBy.length === 0 ? [] : [rule.acknowledgedBy]);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
