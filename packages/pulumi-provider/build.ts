/**
 * Builds what Pulumi's provider process loads into one file: `node --conditions=@auditgate/source build.ts`.
 *
 * That process starts anew in every preview, up and refresh, and each reading waits for it. With what core needs of its
 * packages in one file it loads sooner. The same sources make the same bytes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";
import { noticesOf } from "../../scripts/build/notices.ts";
import { buildOnDemand, separateOnDemand } from "../../scripts/build/on-demand.ts";
import { slimUndici } from "../../scripts/build/slim-undici.ts";

const folder = import.meta.dirname;
const output = join(folder, "dist");
/** Modules that core imports where it needs them, and the files they are in. */
const ON_DEMAND_FILES = { "@smithy/util-retry": "runtime-retry.cjs", yaml: "runtime-yaml.cjs" };

const common: BuildOptions & { metafile: true } = {
  absWorkingDir: folder,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22",
  minify: true,
  legalComments: "none",
  conditions: ["@auditgate/source"],
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  metafile: true,
  logLevel: "warning",
};

const files = await Promise.all([
  build({
    ...common,
    entryPoints: ["src/runtime.ts"],
    outfile: join(output, "runtime.cjs"),
    // The process has it already.
    external: ["@pulumi/pulumi"],
    supported: { "dynamic-import": false },
    plugins: [slimUndici, separateOnDemand(ON_DEMAND_FILES)],
  }),
  ...buildOnDemand(ON_DEMAND_FILES, join(folder, "..", "core"), output, common),
]);
const inputs = files.flatMap(({ metafile }: { metafile: Metafile }) => Object.keys(metafile.inputs));
writeFileSync(join(output, "THIRD-PARTY-NOTICES.txt"), noticesOf(inputs.map((input) => join(folder, input))));
