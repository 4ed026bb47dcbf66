import type { z } from "zod";
import { type Field, fieldsOf } from "../../field.ts";
import { nearestTo } from "../../texts/nearest.ts";

/** Where something is in a policy. */
export type Path = readonly PropertyKey[];

/** What is wrong with a policy, and where. */
export interface Problem {
  readonly path: Path;
  /** Follows the place in a sentence. */
  readonly text: string;
  /** What would be right, and the value that is there instead, where that is all there is to say. */
  readonly mismatch?: { readonly demand: string; readonly given: string };
}

/** What a schema has found, in sentences that quote the value. */
export function shapeProblems(schema: z.ZodType, { issues }: z.ZodError, value: unknown): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const { path } = issue;
    if (issue.code === "unrecognized_keys") {
      const names = namesAt(fieldsOf(schema), path);
      return issue.keys.map((key) => ({ path: [...path, key], text: unknownText(nearestTo(key, names)) }));
    }
    const given = path.reduce<unknown>(valueAt, value);
    const demand = demandOf(issue);
    if (given === undefined) return [{ path, text: `is missing: it ${demand}` }];
    const quoted = textOf(given).slice(0, 80);
    return [{ path, text: `cannot be ${quoted}: ${demand}`, mismatch: { demand, given: quoted } }];
  });
}

function unknownText(nearest: string | undefined): string {
  return nearest === undefined ? "is not known here" : `is not known here, but ${nearest} is`;
}

/** Names that there are at a place of a declaration. */
function namesAt(fields: readonly Field[], path: Path): readonly string[] {
  const [name, ...rest] = path.filter((key) => typeof key === "string");
  if (name === undefined) return fields.map((field) => field.name);
  const kind = fields.find((field) => field.name === name)?.kind;
  const inner = kind?.type === "list" ? kind.of : kind;
  return inner?.type === "object" ? namesAt(inner.fields, rest) : [];
}

const TYPES: Readonly<{ [type: string]: string }> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a group of names and values",
  string: "a text",
};

/** What would be right, in a sentence: `must be a whole number`. */
export function demandOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join("|")}`;
    case "too_small":
    case "too_big": {
      // A declaration's own words are better than ours.
      if (!/^Too (?:small|big)/.test(issue.message)) break;
      const bound = issue.code === "too_small" ? issue.minimum : issue.maximum;
      return `must be at ${issue.code === "too_small" ? "least" : "most"} ${bound}`;
    }
    default:
  }
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}

/** The problems with their places, as in `dwsAuditDumpRecords[0].maxAge`, and the first place. */
export function placesOf(problems: readonly Problem[]): {
  readonly texts: readonly string[];
  readonly first: string | undefined;
} {
  const [first] = problems;
  return {
    texts: problems.map(({ path, text }) => (path.length === 0 ? text : `${placeOf(path)} ${text}`)),
    first: first && first.path.length > 0 ? placeOf(first.path) : undefined,
  };
}

/** A value as JSON has it, or as nearly as it can be said. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A bigint, or an object that holds one or itself.
    return typeof value === "bigint" ? `${value}n` : `an ${typeof value} that JSON cannot express`;
  }
}

function placeOf(path: Path): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === "number" ? `${place}[${key}]` : `${place}${place === "" ? "" : "."}${String(key)}`,
    "",
  );
}

function valueAt(holder: unknown, key: PropertyKey): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
}
