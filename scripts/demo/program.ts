import type { Step } from "../progress.ts";

export type Outputs = Readonly<Record<string, unknown>>;

/** An example, as its engine runs it. */
export interface Program {
  readonly title: string;
  /** From nothing to outputs. */
  readonly deploy: readonly Step[];
  /** What shows changes beforehand, such as `terraform plan`. */
  readonly previewCommand: string;
  /** What the outputs are; complete once it is deployed. */
  outputs(): Outputs;
  /** What the outputs would become now. */
  preview(): Promise<Outputs>;
  /** Columns worth showing, for outputs that are lists: by path. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

/** What of one output's value differs, down to single values. */
export interface Change {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export function changesOf(before: Outputs, after: Outputs): Change[] {
  const [old, now] = [leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .toSorted()
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }));
}

/** Single values by path, such as `first_dumps[0].result`. */
function leaves(value: unknown, path = "", into = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value)) value.forEach((item, index) => leaves(item, `${path}[${index}]`, into));
  else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) leaves(item, path ? `${path}.${name}` : name, into);
  } else into.set(path, value);
  return into;
}
