/**
 * Builds what Pulumi's provider process loads into one file: `node --conditions=@auditgate/source build.ts`.
 *
 * That process starts anew in every preview, up and refresh, and each reading waits for it. With what core needs of its
 * packages in one file it loads sooner. The same sources make the same bytes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { noticesOf } from "../../scripts/build/notices.ts";
import { slimUndici } from "../../scripts/build/slim-undici.ts";

const folder = import.meta.dirname;

const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: ["src/runtime.ts"],
  outfile: "dist/runtime.cjs",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22",
  minify: true,
  legalComments: "none",
  conditions: ["@auditgate/source"],
  // The process has it already.
  external: ["@pulumi/pulumi"],
  plugins: [slimUndici],
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  metafile: true,
  logLevel: "warning",
});
const sources = Object.keys(metafile.inputs).map((input) => join(folder, input));
writeFileSync(join(folder, "dist", "THIRD-PARTY-NOTICES.txt"), noticesOf(sources));
