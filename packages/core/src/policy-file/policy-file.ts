import { readFile } from "node:fs/promises";
import { AuditError } from "../errors.ts";
import { harmless } from "../texts/harmless.ts";
import type { Path, Problem } from "../gate/policy/policy-problem.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { checkPolicy } from "../gate/policy/validate-policy.ts";
import { type Environment, environment } from "../settings/environment.ts";
import { type ParsedText, parseText, type Position } from "./document.ts";
import { readTargets, type Target } from "./target.ts";

/** A policy, and the places that it is judged in; the one place of the environment where there are no targets. */
export interface FleetPolicy extends GatePolicy {
  /** Each with a name of its own. */
  readonly targets?: readonly Target[] | undefined;
}

/** A policy file, read and checked. */
export interface PolicyFile {
  /** Path of the file, as it was given. */
  readonly path: string;
  /** What it says, checked as `evaluateGate` checks a policy. */
  readonly policy: FleetPolicy;
  /** Where a part of the policy stands, or the innermost part of `path` that there is. */
  positionOf(path: Path): Position;
}

/** The version of policy files, which says how they are read. */
export const POLICY_VERSION = 1;

const LONGEST_FILE = 16 * 2 ** 20;

/** What a policy file holds, or all that is wrong with it. */
export type CheckedPolicyFile =
  | { readonly file: PolicyFile; readonly mistakes: readonly [] }
  /** One line each: `policy.yaml:7:5 maxAge must be …`. */
  | { readonly file: undefined; readonly mistakes: readonly string[] };

/**
 * Reads a policy file, YAML or JSON, and tells all mistakes in it.
 *
 * @param env - Variables that settings of targets may name, as `${NAME}`; those of the process if absent.
 * @throws {AuditError} `ERR_ARGUMENT` for a file that cannot be read at all.
 */
export async function checkPolicyFile(
  path: string,
  env: Environment = environment(),
): Promise<CheckedPolicyFile> {
  const parsed = await parseText(await textOf(path));
  if (!("positionOf" in parsed)) {
    const mistake = harmless(`${path}:${parsed.line}:${parsed.column} ${parsed.text}`);
    return { file: undefined, mistakes: [mistake] };
  }
  const { policy, problems } = checkFile(parsed, env);
  if (problems.length > 0) return { file: undefined, mistakes: lines(path, parsed, problems).map(harmless) };
  return { file: { path, policy, positionOf: (place) => parsed.positionOf(place) }, mistakes: [] };
}

async function textOf(path: string): Promise<string> {
  const unreadable = (reason: string, cause?: unknown) =>
    new AuditError("ERR_ARGUMENT", `The policy file ${harmless(path)} cannot be read: ${reason}.`, {
      argument: "policy",
      cause,
    });
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw unreadable((cause as NodeJS.ErrnoException).code ?? "an unknown reason", cause);
  }
  if (bytes.length > LONGEST_FILE) throw unreadable("it is larger than 16 MiB");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable("it is not UTF-8", cause);
  }
}

function checkFile(
  { value, plainDates }: ParsedText,
  env: Environment,
): { readonly policy: FleetPolicy; readonly problems: readonly Problem[] } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { policy: {}, problems: [{ path: [], text: "must be a policy: keys and values" }] };
  }
  const { $schema, version, targets: written, ...rest } = value as { readonly [key: string]: unknown };
  const problems: Problem[] = [];
  if ($schema !== undefined && typeof $schema !== "string") {
    problems.push({ path: ["$schema"], text: "must be the address of a schema" });
  }
  if (version === undefined)
    problems.push({ path: [], text: `version is missing: it must be ${POLICY_VERSION}` });
  else if (version !== POLICY_VERSION) {
    const text = `must be ${POLICY_VERSION}, not ${JSON.stringify(version).slice(0, 40)}`;
    problems.push({ path: ["version"], text });
  }
  const named = written === undefined ? undefined : readTargets(written, env);
  problems.push(...(named?.problems ?? []));
  const { checked, problems: found } = checkPolicy(rest);
  problems.push(...found);
  const dates = plainDates.filter(([first]) => first !== "targets");
  problems.push(
    ...dates.map((path) => ({ path, text: "must be in quotes: other readers of YAML make a date of it" })),
  );
  return { policy: { ...checked, ...(named && { targets: named.targets }) }, problems };
}

function lines(path: string, parsed: ParsedText, problems: readonly Problem[]): readonly string[] {
  return problems
    .map((problem) => ({ ...problem, ...parsed.positionOf(problem.path) }))
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .map(({ line, column, path: place, text, mismatch }) => {
      const said = mismatch ? `${mismatch.demand}, not ${mismatch.given}` : text;
      return `${path}:${line}:${column} ${[lastName(place), said].join(" ").trim()}`;
    });
}

/** `maxAge`, `clusterIds[1]`: the place's own name, for line and column say where it is. */
function lastName(path: Path): string {
  const at = path.findLastIndex((key) => typeof key !== "number");
  return path
    .slice(Math.max(at, 0))
    .reduce<string>((name, key) => (typeof key === "number" ? `${name}[${key}]` : String(key)), "");
}
