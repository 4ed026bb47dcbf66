import type { z } from "zod";
import { AuditError } from "../../errors.ts";
import { catalogues } from "../rules/catalogues.ts";
import { acknowledgementProblems, type NamedCheck } from "./acknowledged-problems.ts";
import { zoneOf } from "../time/moment.ts";
import {
  ddsAuditLogsRules,
  dwsAuditDumpRecordsRules,
  dwsParameterModificationRecordsRules,
  gatePolicy,
} from "./policy.ts";
import { type Path, placesOf, type Problem, shapeProblems } from "./policy-problem.ts";
import type { DwsParameterModificationRecordsRules, GatePolicy } from "./policy.types.ts";
import { meansEvery } from "../rules/policy-values.ts";
import { PENDING } from "../trail/change.ts";
import { RUNNING } from "../trail/dump.ts";
import { freezeSpan } from "../time/freeze-window.ts";

/** Which arguments demand something: without one of these, rules would let everything pass. */
const RULES = {
  dwsAuditDumpRecords: namesOf(catalogues.dwsAuditDumpRecords),
  dwsParameterModificationRecords: namesOf(catalogues.dwsParameterModificationRecords),
  ddsAuditLogs: namesOf(catalogues.ddsAuditLogs),
};

type RuleSet = keyof typeof RULES;

const ruleSets = Object.keys(RULES) as readonly RuleSet[];

/**
 * A copy of the policy, checked: a gate must not pass for being misspelled or empty.
 *
 * @param checks - Those of the program's own that stand beside it: they can be acknowledged, and may stand alone.
 * @throws {AuditError} `ERR_ARGUMENT` naming every bad place, what is wrong and what is right; its `argument` is
 *   the first place, such as `dwsAuditDumpRecords[0].maxAge`.
 */
export function validatePolicy(policy: GatePolicy, checks: readonly NamedCheck[] = []): GatePolicy {
  const { checked, problems } = checkPolicy(policy, checks);
  if (problems.length > 0) throw invalid("The gate policy", problems);
  return checked;
}

/** A copy of the policy, empty where its shape is not right, and all that is wrong with it. */
export function checkPolicy(
  policy: unknown,
  checks: readonly NamedCheck[] = [],
): {
  readonly checked: GatePolicy;
  readonly problems: readonly Problem[];
} {
  const parsed = gatePolicy.safeParse(policy);
  const problems = parsed.success ? [] : [...shapeProblems(gatePolicy, parsed.error, policy)];
  // Of rules whose shape is wrong, nobody knows what they demand.
  const wrong = new Set(problems.map(({ path }) => JSON.stringify(path.slice(0, 2))));
  const sets = setsOf(policy).filter(({ path }) => !wrong.has(JSON.stringify(path)));
  for (const { name, rules, path } of sets) {
    for (const problem of ruleProblems(name, rules, path)) problems.push(problem);
  }
  if (parsed.success) {
    for (const problem of acknowledgementProblems(parsed.data.acknowledged ?? [], checks))
      problems.push(problem);
    if (sets.length === 0 && checks.length === 0)
      problems.push({ path: [], text: `demands nothing: give ${either(ruleSets)}` });
  }
  return { checked: parsed.success ? parsed.data : {}, problems };
}

function setsOf(policy: unknown): readonly { name: RuleSet; rules: object; path: Path }[] {
  return ruleSets.flatMap((name) => {
    const sets: unknown =
      typeof policy === "object" && policy !== null ? Reflect.get(policy, name) : undefined;
    if (!Array.isArray(sets)) return [];
    return sets.flatMap((rules: unknown, index) =>
      typeof rules === "object" && rules !== null ? [{ name, rules, path: [name, index] }] : [],
    );
  });
}

/** A copy of rules that need no subject, checked in the same way. @throws {AuditError} `ERR_ARGUMENT`. */
export const validateRules = {
  dwsAuditDumpRecords: validator("dwsAuditDumpRecords", dwsAuditDumpRecordsRules),
  dwsParameterModificationRecords: validator(
    "dwsParameterModificationRecords",
    dwsParameterModificationRecordsRules,
  ),
  ddsAuditLogs: validator("ddsAuditLogs", ddsAuditLogsRules),
};

function validator<Rules extends object>(name: RuleSet, schema: z.ZodType<Rules>) {
  return (rules: Omit<Rules, "clusterIds" | "except" | "instanceIds">): Rules => {
    const what = `The rules for ${name}`;
    const subjects = name === "ddsAuditLogs" ? { instanceIds: ["-"] } : { clusterIds: [NOBODY] };
    const parsed = schema.safeParse({ ...subjects, ...rules });
    if (!parsed.success) throw invalid(what, shapeProblems(schema, parsed.error, rules));
    const problems = ruleProblems(name, parsed.data, []);
    if ("nodeIds" in rules && meansEvery(rules.nodeIds)) {
      const text = `cannot be "*" here, where no list of instances is read: name the nodes`;
      problems.push({ path: ["nodeIds"], text });
    }
    if (problems.length > 0) throw invalid(what, problems);
    return parsed.data;
  };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

function ruleProblems(name: RuleSet, rules: object, path: Path): Problem[] {
  const given = new Map<string, unknown>(Object.entries(rules));
  const problems: Problem[] = [];
  if (!RULES[name].some((rule) => demands(given.get(rule)))) {
    problems.push({ path, text: `has no rule: give ${either(RULES[name])}` });
  }
  if (given.get("except") !== undefined && !EVERY_LISTS.some((list) => meansEvery(listIn(given, list)))) {
    problems.push({
      path: [...path, "except"],
      text: `is of use beside "*" only: take the ids out of the list`,
    });
  }
  for (const { kind, open, meaning } of WORDS) {
    const [success, failed] = [`success${kind}`, `failed${kind}`].map((list) => listIn(given, list));
    const both = failed?.find((value) => success?.includes(value));
    if (both !== undefined) {
      const text = `must not have ${JSON.stringify(both)}, which success${kind} has too`;
      problems.push({ path: [...path, `failed${kind}`], text });
    }
    for (const [list, values] of [
      [`success${kind}`, success],
      [`failed${kind}`, failed],
    ] as const) {
      const still = values?.find((value) => open.some((word) => word === value));
      if (still === undefined) continue;
      const text = `must not have ${JSON.stringify(still)}, which means ${meaning}: no rule about that could be broken any more`;
      problems.push({ path: [...path, list], text });
    }
  }
  return name === "dwsParameterModificationRecords"
    ? [...problems, ...freezeProblems(rules, path)]
    : problems;
}

const EVERY_LISTS = ["clusterIds", "instanceIds"];

// What is still open is neither a success nor a failure.
const WORDS = [
  { kind: "Results", open: [RUNNING], meaning: "that a dump still runs" },
  { kind: "Statuses", open: PENDING, meaning: "that a modification is not in force yet" },
];

function listIn(given: ReadonlyMap<string, unknown>, name: string): readonly unknown[] | undefined {
  const list = given.get(name);
  return Array.isArray(list) ? list : undefined;
}

function namesOf({ rules }: { readonly rules: readonly { readonly name: string }[] }): readonly string[] {
  return rules.map(({ name }) => name);
}

function demands(rule: unknown): boolean {
  return rule !== undefined && rule !== false && !(Array.isArray(rule) && rule.length === 0);
}

function freezeProblems(
  rules: Pick<DwsParameterModificationRecordsRules, "freezeWindows" | "timeZone">,
  path: Path,
): readonly Problem[] {
  const zone = zoneOf(rules.timeZone);
  return (rules.freezeWindows ?? []).flatMap((window, index): readonly Problem[] => {
    try {
      freezeSpan(window, zone);
      return [];
    } catch (error) {
      if (!AuditError.is(error)) throw error;
      const text = error.message.replace(/^\w+ /, "").replace(/\.$/, "");
      return [{ path: [...path, "freezeWindows", index, error.argument ?? "start"], text }];
    }
  });
}

/** Problems that are told; of a policy that is wrong everywhere, the first are enough. */
const MOST_PROBLEMS = 10;

function invalid(what: string, problems: readonly Problem[]): AuditError {
  const { texts, first } = placesOf(problems.slice(0, MOST_PROBLEMS));
  const others = problems.length - texts.length;
  const more = others > 0 ? `; and ${others} more` : "";
  return new AuditError("ERR_ARGUMENT", `${what} is not valid: ${texts.join("; ")}${more}.`, {
    argument: first,
  });
}

function either(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
