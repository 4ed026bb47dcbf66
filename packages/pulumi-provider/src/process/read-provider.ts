import type { dynamic } from "@pulumi/pulumi";
import type { QueryName } from "../arguments.ts";

/** A provider whose resources can only be read. */
interface ReadProvider extends dynamic.ResourceProvider {
  config?: dynamic.Config;
}

/**
 * Makes the provider of a query's resources. `pnpm generate` writes its source into `stored-providers.ts`, every stack's
 * state holds that, and Pulumi's provider process runs it from there. So it is small and holds no path: the code is found
 * by its package name, the credentials come through `configure`. What it calls, `read` of `runtime.ts`, is a contract with
 * states that older versions wrote.
 *
 * The code is looked for from the program's folder. Where the package is a dependency of a dependency, strict package
 * managers let nobody find it from there: then what the program depends on is asked, and what that depends on.
 */
export const readProvider: (query: QueryName) => ReadProvider = (query) => ({
  // Synchronous: Pulumi hands a provider to the next resource before this promise settles.
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const { createRequire } = await import("node:module");
    const { existsSync, readFileSync, realpathSync } = await import("node:fs");
    const manifests = [`${process.cwd()}/package.json`];
    for (const manifest of manifests) {
      const near = createRequire(manifest);
      let file;
      try {
        file = near.resolve("@auditgate/pulumi-provider/runtime");
      } catch {}
      if (file) return near(file).read(query, this.config, id, props);
      if (!existsSync(manifest)) continue;
      const { dependencies, peerDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
      for (const name in { ...dependencies, ...peerDependencies }) {
        const folders = near.resolve.paths(name) ?? [];
        const found = folders.map((each) => `${each}/${name}/package.json`).find((each) => existsSync(each));
        const next = found && realpathSync(found);
        if (next && !manifests.includes(next)) manifests.push(next);
      }
    }
    const error = new Error(
      `@auditgate/pulumi-provider is not found from ${process.cwd()}: add it to the dependencies in the package.json of the program's folder, and install. A program of the Automation API needs that folder as its workDir.`,
    );
    // What Pulumi's provider process prints of an error, beside reporting it.
    error.toString = () => "@auditgate/pulumi-provider";
    error.stack = "see the error of the resource";
    throw error;
  },
  async create() {
    throw new Error("read-only: audit data is read, never created");
  },
});
