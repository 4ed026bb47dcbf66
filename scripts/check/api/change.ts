/** How one API report differs from an older one: nothing, only more lines, or lines that are no longer there. */
export type Change = "none" | "addition" | "break";

/** Parts of a version, the least first. */
const BUMPS = ["none", "patch", "minor", "major"] as const;
export type Bump = (typeof BUMPS)[number];

/** Compares two reports line by line, whatever the order; comments do not count. */
export function changeBetween(before: string, after: string): Change {
  const [old, current] = [linesOf(before), linesOf(after)];
  if (old.some((line, index) => countOf(line, old, index) > current.filter((each) => each === line).length))
    return "break";
  return current.length > old.length ? "addition" : "none";
}

/** The part of the version that has to rise for a change; before 1.0, a minor version may break. */
export function bumpFor(change: Change, version: string): Bump {
  const isStable = !version.startsWith("0.");
  if (change === "break") return isStable ? "major" : "minor";
  if (change === "addition") return isStable ? "minor" : "patch";
  return "none";
}

/** The largest part that the texts of `.changeset` files raise. */
export function bumpOf(changesets: readonly string[]): Bump {
  const named = changesets.flatMap((text) =>
    [...text.matchAll(/^["']?@auditgate\/[\w-]+["']?: (patch|minor|major)$/gm)].map(
      ([, bump]) => bump as Bump,
    ),
  );
  return named.toSorted((a, b) => BUMPS.indexOf(b) - BUMPS.indexOf(a))[0] ?? "none";
}

export function isEnough(given: Bump, needed: Bump): boolean {
  return BUMPS.indexOf(given) >= BUMPS.indexOf(needed);
}

function linesOf(report: string): readonly string[] {
  return report
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"));
}

/** The how many-th of its kind a line is, from 1. */
function countOf(line: string, lines: readonly string[], index: number): number {
  return lines.slice(0, index + 1).filter((each) => each === line).length;
}
