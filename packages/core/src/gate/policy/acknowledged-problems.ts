import type { Acknowledgement } from "./policy.types.ts";
import type { Problem } from "./policy-problem.ts";
import { catalogues } from "../rules/catalogues.ts";
import { daysOf, MOST_DAYS } from "./acknowledged-period.ts";

// What a program's own checks judge are records of one of the queries.
const OF_CHECKS: readonly (readonly string[])[] = [["executorTime"], ["id"]];

/** What is wrong with acknowledgements that have the right shape. */
export function acknowledgementProblems(acknowledged: readonly Acknowledgement[]): readonly Problem[] {
  return acknowledged.flatMap((each, index) =>
    problemsOf(each).map(({ path, text }) => ({ path: ["acknowledged", index, ...path], text })),
  );
}

function problemsOf(each: Acknowledgement): readonly Problem[] {
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
  const choices = fieldsOf(rule);
  const given = Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (!choices) {
    problems.push({
      path: ["rule"],
      text: `cannot be ${JSON.stringify(rule)}: must be the id of a rule, such as dws.dump.max-failures`,
    });
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

/** Which fields identify what the rule sees; undefined for what is no rule. */
function fieldsOf(ruleId: string): readonly (readonly string[])[] | undefined {
  if (/^check\../.test(ruleId)) return OF_CHECKS;
  const rules = Object.values(catalogues).flatMap((catalogue) =>
    catalogue.rules.map(({ id, acknowledgedBy }) => ({ id, acknowledgedBy })),
  );
  const rule = rules.find(({ id }) => id === ruleId);
  return rule && (rule.acknowledgedBy.length === 0 ? [] : [rule.acknowledgedBy]);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
