import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build, type BuildOptions, type BuildResult, type Plugin } from "esbuild";

/** Modules that are imported where they are needed, and the files that they get. */
export interface OnDemand {
  readonly [module: string]: string;
}

/** Leaves these modules out of a bundle, which loads their files. A module that has none is refused. */
export function separateOnDemand(files: OnDemand): Plugin {
  return {
    name: "separate-on-demand",
    setup({ onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ kind, path }) => {
        if (kind !== "dynamic-import" || isBuiltin(path)) return undefined;
        const file = files[path];
        return file ? { path: `./${file}`, external: true } : { errors: [{ text: `${path} has no file` }] };
      });
    },
  };
}

/**
 * Builds their files.
 *
 * @param resolveDir - Folder of the package that depends on them.
 */
export function buildOnDemand(
  files: OnDemand,
  resolveDir: string,
  outdir: string,
  options: BuildOptions & { readonly metafile: true },
): Promise<BuildResult<{ metafile: true }>>[] {
  return Object.entries(files).map(([name, file]) =>
    build({
      ...options,
      stdin: { contents: `export * from ${JSON.stringify(name)}`, resolveDir },
      outfile: join(outdir, file),
    }),
  );
}
