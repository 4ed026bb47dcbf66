import * as z from "zod";
import { demandOf, type Problem } from "../gate/policy/policy-problem.ts";
import type { Environment } from "../settings/layer.ts";
import { settings } from "../settings/settings.ts";
import type { Settings } from "../settings/settings.types.ts";

/** One place that a policy is judged in: any settings, and a name. */
export interface Target extends Settings {
  /** What verdicts and messages call it. */
  readonly name: string;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** Name of a target. */
export const targetName = z
  .string()
  .regex(NAME, { error: "must begin with a letter or a digit, and have only those and . _ -" })
  .describe("What verdicts and messages call the target.");

/** A list of targets as it is written, or what is wrong with it. Values are never quoted: they may be secret. */
export function readTargets(
  value: unknown,
  env: Environment,
): { readonly targets: readonly Target[]; readonly problems: readonly Problem[] } {
  if (!Array.isArray(value)) {
    return { targets: [], problems: [{ path: ["targets"], text: "must be a list of targets" }] };
  }
  if (value.length === 0) {
    const text = "must name at least one target; leave it out for the one place that the environment names";
    return { targets: [], problems: [{ path: ["targets"], text }] };
  }
  const problems: Problem[] = [];
  const targets = value.map((each: unknown, index) => readTarget(each, ["targets", index], env, problems));
  const names = new Set<string>();
  for (const [index, { name }] of targets.entries()) {
    if (name === "") continue;
    if (names.has(name)) {
      problems.push({
        path: ["targets", index, "name"],
        text: `must be a name of its own; ${name} is there already`,
      });
    }
    names.add(name);
  }
  return { targets, problems };
}

function readTarget(
  value: unknown,
  path: readonly PropertyKey[],
  env: Environment,
  problems: Problem[],
): Target {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push({ path, text: "must be a target: a name, and settings" });
    return { name: "" };
  }
  const { name, ...written } = value as { readonly [key: string]: unknown };
  const named = targetName.safeParse(name);
  if (!named.success) {
    const text = named.error.issues[0]?.message ?? "is no name";
    problems.push({
      path: [...path, "name"],
      text: name === undefined ? "is missing: a target has a name" : text,
    });
  }
  const substituted = substitute(written, path, env, problems);
  const parsed = settings.safeParse(substituted);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      if (issue.code === "unrecognized_keys") {
        const text = "is no setting";
        problems.push(...issue.keys.map((key) => ({ path: [...path, ...issue.path, key], text })));
      } else {
        problems.push({ path: [...path, ...issue.path], text: demandOf(issue) });
      }
    }
  }
  return { ...(parsed.success ? parsed.data : {}), name: named.success ? named.data : "" };
}

/** Stands for a variable that is not set, so that nothing else is said about its place. */
const UNSET = "-";

/** The same value with the environment's values in place of `${NAME}`; `$${` stands for `${`. */
function substitute(
  value: unknown,
  path: readonly PropertyKey[],
  env: Environment,
  problems: Problem[],
): unknown {
  if (typeof value === "string") {
    return value.replaceAll(/\$(\$\{)|\$\{([^{}]*)\}/g, (_, escaped: string | undefined, name: string) => {
      if (escaped !== undefined) return escaped;
      const found = env[name];
      if (found) return found;
      problems.push({ path, text: `needs the variable ${name}, which is not set` });
      return UNSET;
    });
  }
  if (Array.isArray(value))
    return value.map((each, index) => substitute(each, [...path, index], env, problems));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, substitute(each, [...path, key], env, problems)]),
  );
}
