import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Stryker } from "@stryker-mutator/core";

import { root } from "../../build/packages.ts";
import type { Group } from "./groups.ts";

/** What one run keeps for the next; not part of the repository. */
const KEPT = ".stryker";

export interface RunOptions {
  /** Mutants tried at once. */
  readonly concurrency: number;
  /** Tries every mutant anew. */
  readonly force: boolean;
}

/** How the mutants of one group ended. */
export interface Score {
  readonly group: Group;
  readonly killed: number;
  readonly survived: number;
  readonly timedOut: number;
  /** Mutants that no test of the group runs. */
  readonly uncovered: number;
}

/** Mutates the files of one group, and counts the mutants that its suites notice. Survivors are printed as diffs. */
export async function mutate(group: Group, { concurrency, force }: RunOptions): Promise<Score> {
  const kept = join(KEPT, group.name.replaceAll(" ", "-"));
  mkdirSync(join(root, kept), { recursive: true });
  process.chdir(root);
  const sandboxes = mkdtempSync(join(tmpdir(), "auditgate-mutation-"));
  process.env["MUTATION_SUITES"] = JSON.stringify(group.suites);
  const stryker = new Stryker({
    mutate: [...group.mutate],
    plugins: ["@stryker-mutator/jest-runner"],
    testRunner: "jest",
    jest: { configFile: "scripts/test/mutation/jest.config.cjs", enableFindRelatedTests: false },
    coverageAnalysis: "perTest",
    concurrency,
    force,
    incremental: true,
    incrementalFile: join(kept, "incremental.json"),
    reporters: ["progress-append-only", "clear-text", "html"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
    htmlReporter: { fileName: join(kept, "report.html") },
    tempDirName: sandboxes,
    // The suites of core need no more than it and the scripts of jest; all else would only be copied.
    ignorePatterns: [
      ...["bench", "docs", "examples", "test", "tools", "cdktf.out"].map((folder) => `/${folder}`),
      ...["cdktf-constructs", "emulator", "pulumi-provider", "terraform-provider", "core/dist"].map(
        (folder) => `/packages/${folder}`,
      ),
    ],
    checkers: [],
    allowConsoleColors: false,
  });
  const results = await stryker
    .runMutationTest()
    .finally(() => rmSync(sandboxes, { recursive: true, force: true }));
  const count = (status: string) => results.filter((each) => each.status === status).length;
  return {
    group,
    killed: count("Killed"),
    survived: count("Survived"),
    timedOut: count("Timeout"),
    uncovered: count("NoCoverage"),
  };
}
