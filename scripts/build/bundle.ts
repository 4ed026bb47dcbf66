import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Rolldown, UserConfig } from "tsdown";

import { type Package, root } from "./packages.ts";

/** How tsdown builds one package: ES modules and CommonJS, each with its types. */
export function bundles({ name, folder, entries, installs, alias }: Package): UserConfig[] {
  const common: UserConfig = {
    cwd: folder,
    entry: [...entries],
    format: ["esm", "cjs"],
    platform: "node",
    target: "es2023",
    fixedExtension: false,
    tsconfig: `${root}/tsconfig.base.json`,
    logLevel: "warn",
    plugins: Object.keys(alias).length > 0 ? [exchanged(alias)] : [],
    // On a busy machine it warns of slow plugins in the middle of the list of steps.
    checks: { pluginTimings: false },
  };
  if (installs.length === 0) return [{ ...common, dts: true, deps: { onlyBundle: false } }];
  // Types of our other packages are copied in: the TypeScript inside Pulumi's CLI does not follow pnpm's links to them.
  return [
    // A package that loads itself by name at run time means what is installed then, not a copy of its last build.
    { ...common, dts: false, deps: { onlyBundle: false, neverBundle: new RegExp(`^${name}(/|$)`) } },
    {
      ...common,
      clean: false,
      dts: { emitDtsOnly: true },
      plugins: [typesOnly],
      deps: { alwaysBundle: /^@auditgate\//, neverBundle: /^[^./@]|^@(?!auditgate\/)/ },
    },
  ];
}

/** Imports of one package become those of another, which its users install. */
function exchanged(alias: Package["alias"]): Rolldown.Plugin {
  return {
    name: "exchanged",
    resolveId: {
      order: "pre",
      handler: (id) => (Object.hasOwn(alias, id) ? { id: alias[id] ?? id, external: true } : null),
    },
  };
}

/** The same in built types, which no plugin sees all of. */
export function exchangeInTypes({ folder, alias }: Package): void {
  for (const file of globSync("dist/*.d.{ts,cts}", { cwd: folder })) {
    const path = join(folder, file);
    const types = readFileSync(path, "utf8");
    const exchanged = Object.entries(alias).reduce(
      (text, [from, to]) => text.replaceAll(`from "${from}"`, `from "${to}"`),
      types,
    );
    if (exchanged !== types) writeFileSync(path, exchanged);
  }
}

/**
 * `emitDtsOnly` leaves CommonJS modules in, with the other packages' code copied into them. And it exports types as
 * `{ type X }`, which TypeScript 3.8, the one inside Pulumi's CLI, cannot read.
 */
const typesOnly: Rolldown.Plugin = {
  name: "types-only",
  generateBundle(_, bundle) {
    for (const [file, output] of Object.entries(bundle)) {
      if (!/\.d\.c?ts$/.test(file)) delete bundle[file];
      else if (output.type === "chunk") {
        output.code = output.code.replace(/^export \{.*\}/gm, (names) =>
          names.replaceAll(/([{,] )type /g, "$1"),
        );
      }
    }
  },
};
