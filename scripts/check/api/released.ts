import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../build/packages.ts";
import { commonVersion } from "../../release/version.ts";
import { bumpFor, bumpOf, changeBetween, isEnough } from "./change.ts";
import type { ApiReport } from "./report.ts";

/**
 * Compares with the reports of the last release, which the tag `vVERSION` names.
 *
 * @returns What the changesets still have to say, or a remark where there is no release to compare with.
 */
export function checkReleased(reports: readonly ApiReport[]): {
  readonly problems: readonly string[];
  readonly remark?: string;
} {
  const version = commonVersion();
  const tag = `v${version}`;
  if (git("tag", "--list", tag) === "") {
    if (git("rev-parse", "--is-shallow-repository").trim() === "true")
      throw new Error(`${tag} cannot be looked for in a shallow clone: git fetch --tags --unshallow`);
    return { problems: [], remark: `${version} is not released yet` };
  }
  const given = bumpOf(
    globSync(".changeset/*.md", { cwd: root }).map((file) => readFileSync(join(root, file), "utf8")),
  );
  const released = git("ls-tree", "-r", "--name-only", tag, "etc").split("\n");
  const names = new Set([
    ...released.filter(Boolean).map((file) => file.slice(4)),
    ...reports.map(({ name }) => name),
  ]);
  const problems = [...names].flatMap((name) => {
    const before = released.includes(`etc/${name}`) ? git("show", `${tag}:etc/${name}`) : "";
    const change = changeBetween(before, reports.find((each) => each.name === name)?.text ?? "");
    const needed = bumpFor(change, version);
    if (isEnough(given, needed)) return [];
    const what = change === "break" ? "breaks what" : "adds to what";
    return [
      `${name} ${what} ${version} has, so a changeset has to say "${needed}" at least: npx pnpm@12 changeset`,
    ];
  });
  return { problems };
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" });
}
