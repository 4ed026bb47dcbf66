import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CloudCase, cloudCases, KEYS, VARIABLES } from "./settings/cloud-cases.ts";
import { differenceOf, type Recorded } from "./settings/compare.ts";
import { iniCases } from "./settings/ini-cases.ts";
import { ours } from "./settings/ours.ts";
import { proxyCases } from "./settings/proxy-cases.ts";
import { askGo, askPython } from "./settings/references.ts";

/** Where the cases are that every test run goes through, 100 of each kind. */
const RECORDED = join(import.meta.dirname, "settings", "recorded.jsonl");

/** How many cases of each kind, and whether to write those of every test run anew. */
export interface SettingsOptions {
  readonly runs: string;
  readonly record?: boolean;
}

/**
 * Compares what we read of generated environments with what openstacksdk, Python's RawConfigParser and Go's httpproxy
 * read of them, and fails at a difference that is not meant.
 */
export async function testSettings(options: {
  readonly runs: string;
  readonly record?: boolean;
}): Promise<void> {
  const count = options.record ? 100 : Number(options.runs);
  const seed = 20_261_128;
  const clouds = cloudCases(count, seed);
  const read = [...clouds, ...iniCases(count, seed)];
  const proxies = proxyCases(count, seed);
  const [fromPython, fromGo] = await Promise.all([askPython(read), askGo(proxies)]);
  const recorded: Recorded[] = [
    ...read.map((each, index) => ({ case: each, reference: fromPython[index] })),
    ...proxies.map((each, index) => ({ case: each, reference: fromGo[index] })),
  ];
  const root = mkdtempSync(join(tmpdir(), "auditgate-ours-"));
  const found = { same: 0, deliberate: 0, unknown: 0 };
  for (const each of recorded) {
    const outcome = await ours(each.case, root);
    const difference = differenceOf(each, outcome);
    found[difference ?? "same"]++;
    if (difference === "unknown" && found.unknown <= 10) {
      console.log(`${JSON.stringify(each)}\n  ours: ${JSON.stringify(outcome)}`);
    }
  }
  rmSync(root, { recursive: true });
  printCoverage(clouds);
  console.log(
    `${recorded.length} cases: ${found.same} the same, ${found.deliberate} different on purpose, ${found.unknown} otherwise`,
  );
  if (options.record) writeFileSync(RECORDED, recorded.map((each) => `${JSON.stringify(each)}\n`).join(""));
  if (found.unknown > 0) process.exitCode = 1;
}

/** How often each key, each variable, and each pair of sources has occurred: too seldom is no comparison. */
function printCoverage(cases: readonly CloudCase[]): void {
  const count = (has: (each: CloudCase) => boolean) => cases.filter(has).length;
  const keys = KEYS.map(
    (key) => [key, count(({ files }) => JSON.stringify(files).includes(`"${key}\\"`))] as const,
  );
  const variables = VARIABLES.map((name) => [name, count(({ env }) => name in env)] as const);
  const paths = [...new Set(cases.flatMap(({ files }) => Object.keys(files)))];
  const sources: readonly (readonly [name: string, has: (each: CloudCase) => boolean])[] = [
    ...paths.map((path) => [path, ({ files }: CloudCase) => path in files] as const),
    ["OS_CLOUD", ({ env }) => "OS_CLOUD" in env],
    ["OS_* variables", ({ env }) => VARIABLES.some((name) => name in env)],
    ["the program's region", ({ region }) => region !== ""],
  ];
  const pairs = sources.flatMap(([one, hasOne], index) =>
    sources
      .slice(index + 1)
      .map(
        ([other, hasOther]) =>
          [`${one} and ${other}`, count((each) => hasOne(each) && hasOther(each))] as const,
      ),
  );
  const all = [...keys, ...variables, ...pairs];
  for (const [name, times] of all) console.log(`${String(times).padStart(6)}  ${name}`);
  const least = Math.min(...all.map(([, times]) => times));
  console.log(
    `the rarest of ${keys.length} keys, ${variables.length} variables and ${pairs.length} pairs of sources: ${least} times`,
  );
}
