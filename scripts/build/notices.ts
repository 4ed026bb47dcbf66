import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Names and licences of the packages that source files come from: who bundles them must pass these on. */
export function noticesOf(files: readonly string[]): string {
  const folders = new Set(
    files.filter((file) => file.includes("node_modules") && existsSync(file)).map(packageFolder),
  );
  const notices = [...folders].map((folder) => {
    const { name, version, license }: { name: string; version: string; license?: string } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice)/i.test(file))
      .toSorted()
      .map((file) => readFileSync(join(folder, file), "utf8").trim());
    return [`${name} ${version} (${license ?? "no licence stated"})`, ...texts].join("\n\n");
  });
  return `This program contains the following packages.\n\n${notices.toSorted().join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

// Packages may hold further package.json files, without a name.
function packageFolder(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path) && /"name"/.test(readFileSync(path, "utf8"))) return folder;
  }
}
