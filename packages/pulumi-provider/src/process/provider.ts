import type { dynamic } from "@pulumi/pulumi";
import type { QueryName } from "../arguments.ts";

/** A provider whose resources can only be read. */
interface ReadProvider extends dynamic.ResourceProvider {
  config?: dynamic.Config;
}

const providers = new Map<QueryName, ReadProvider>();

/** The provider of a query's resources: the same each time, for Pulumi serializes each that it is handed. */
export function providerOf(query: QueryName): ReadProvider {
  const provider = providers.get(query) ?? readProvider(query);
  providers.set(query, provider);
  return provider;
}

/**
 * Pulumi writes the source of the literal below into every stack's state, and runs it from there. So it is small,
 * captures the query's name alone and holds no path: the code is found by its package name, the credentials come
 * through `configure`. What it calls, `read` of `runtime.ts`, is a contract with states that older versions wrote.
 *
 * The code is looked for from the program's folder. Where the package is a dependency of a dependency, strict package
 * managers let nobody find it from there: then what the program depends on is asked, and what that depends on.
 */
function readProvider(query: QueryName): ReadProvider {
  return {
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
          const found = folders
            .map((each) => `${each}/${name}/package.json`)
            .find((each) => existsSync(each));
          const next = found && realpathSync(found);
          if (next && !manifests.includes(next)) manifests.push(next);
        }
      }
      throw new Error(
        "@auditgate/pulumi-provider is not found from the program's folder: add it to the dependencies in the package.json there, and install.",
      );
    },
    async create() {
      throw new Error("read-only: audit data is read, never created");
    },
  };
}

/**
 * Fails with the reasons of a gate that the program has found closed. It loads nothing, so it works wherever
 * this package is installed.
 */
export const closedGate: dynamic.ResourceProvider = {
  async read(_id, { reasons }) {
    const error = new Error(reasons);
    const print = console.error;
    // Pulumi's provider process prints an error that it reports, and the CLI would show both.
    console.error = (text) => {
      console.error = print;
      if (text !== `${error}: ${error.stack}`) print(text);
    };
    throw error;
  },
  async create() {
    throw new Error("read-only: a gate is read, never created");
  },
};
