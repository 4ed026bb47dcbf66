import type { Accepts } from "./seen.ts";
import type { DumpScene } from "./dump-scene.ts";
import { type Fault, unknown, violated } from "./finding.ts";
import { counted, listed, period, quoted } from "./wording.ts";

/** Dumps that went elsewhere, and those that do not say where. */
export function placeFaults(
  field: "bucketName" | "locationPrefix",
  wanted: string,
  { terms, trail }: DumpScene,
  accepts: Accepts,
): readonly Fault[] {
  const expected = `${field} ${quoted(wanted)} for every dump${period(terms.within)}`;
  const records = trail.records.filter(
    (row) => row[field] === wanted || !accepts({ executorTime: row.executorTime }),
  );
  const others = records.filter((row) => row[field] !== null && row[field] !== wanted);
  const silent = records.filter((row) => row[field] === null);
  const found = `${counted(others.length, "dump")} with ${listed(others.map((row) => row[field]))}`;
  return [
    ...(others.length > 0 ? [violated(expected, found, others)] : []),
    ...(silent.length > 0 ? [unknown(expected, `${counted(silent.length, "dump")} with null`, silent)] : []),
  ];
}
