/**
 * Builds the provider into dist/provider: `node --conditions=@auditgate/source build.ts`.
 *
 * What an engine starts, three or four times a command, is small; what reads audit data lies beside it and is loaded by
 * the first reading, and what only some readings need by those. The same sources make the same bytes.
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import manifest from "./package.json" with { type: "json" };
import { noticesOf } from "../../scripts/build/notices.ts";
import { buildOnDemand, separateOnDemand } from "../../scripts/build/on-demand.ts";
import { slimUndici } from "../../scripts/build/slim-undici.ts";
import { CORE_FILE, EXECUTABLE_FILE, NOTICES_FILE, ON_DEMAND_FILES } from "./src/install/package-files.ts";

const folder = import.meta.dirname;
const output = join(folder, "dist", "provider");

const [major = "", minor = ""] = /\d+\.\d+/.exec(manifest.engines.node)?.[0].split(".") ?? [];
/** What esbuild calls the oldest Node.js that the package runs on. */
const oldestNode = `node${major}.${minor}`;
const needs = `the auditgate provider needs Node.js ${major}.${minor} or newer`;

// sh and JavaScript at once. An engine starts this file as a program: sh says what is missing on stdout, of which
// engines quote the first line; drops options that are meant for other programs; and hands over to node, with a
// limit that saves 20 MB on large results and costs no time. No extensionless name, for node would take that for an ES
// module in a project that is one.
const HEADER = `#!/bin/sh
":" //; command -v node >/dev/null 2>&1 || { echo "${needs} on the PATH"; exit 1; }; unset NODE_OPTIONS; exec node --max-semi-space-size=1 "$0" "$@"
if (process.versions.node.split(".")[0] * 1000 + +process.versions.node.split(".")[1] < ${Number(major) * 1000 + Number(minor)}) { console.log("${needs}, and found " + process.version); process.exit(1); }`;

const common: BuildOptions & { metafile: true } = {
  absWorkingDir: folder,
  bundle: true,
  platform: "node",
  format: "cjs",
  minify: true,
  legalComments: "none",
  conditions: ["@auditgate/source"],
  // The bytes are to depend on nothing outside.
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  metafile: true,
  logLevel: "warning",
};

const separateCore: Plugin = {
  name: "separate-core",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/core\.ts$/ }, () => ({ path: `./${CORE_FILE}`, external: true }));
  },
};

/** Of package.json the program needs one field. */
const versionOnly: Plugin = {
  name: "version-only",
  setup({ onLoad }) {
    onLoad({ filter: /terraform-provider[/\\]package\.json$/ }, () => ({
      contents: JSON.stringify({ version: manifest.version }),
      loader: "json",
    }));
  },
};

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const programs = await Promise.all([
  build({
    ...common,
    entryPoints: ["src/main.ts"],
    outfile: join(output, EXECUTABLE_FILE),
    banner: { js: HEADER },
    // Old enough to be understood by every node that must say it is too old.
    target: "node14",
    supported: { "dynamic-import": false },
    plugins: [separateCore, versionOnly],
  }),
  build({
    ...common,
    entryPoints: ["src/core.ts"],
    outfile: join(output, CORE_FILE),
    target: oldestNode,
    supported: { "dynamic-import": false },
    plugins: [slimUndici, separateOnDemand(ON_DEMAND_FILES)],
  }),
  ...buildOnDemand(ON_DEMAND_FILES, join(folder, "..", "core"), output, { ...common, target: oldestNode }),
]);
chmodSync(join(output, EXECUTABLE_FILE), 0o755);
const inputs = programs.flatMap(({ metafile }: { metafile: Metafile }) => Object.keys(metafile.inputs));
writeFileSync(join(output, NOTICES_FILE), noticesOf(inputs.map((input) => join(folder, input))));
