import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/**
 * The version that all packages have, which is the provider's too.
 *
 * @throws {Error} where they differ.
 */
export function commonVersion(): string {
  const versions = globSync("packages/*/package.json", { cwd: root })
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(root, file), "utf8")) as { name: string; version: string });
  const [version, ...others] = new Set(versions.map((each) => each.version));
  if (version === undefined || others.length > 0)
    throw new Error(
      `the packages have different versions: ${versions.map((each) => `${each.name} ${each.version}`).join(", ")}`,
    );
  return version;
}
