import type { dynamic } from "@pulumi/pulumi";

/**
 * Makes the provider that fails with the reasons of a gate that the program has found closed. `pnpm generate` writes its
 * source into `stored-providers.ts`. It loads nothing, so it works wherever this package is installed.
 */
export const closedGate: () => dynamic.ResourceProvider = () => ({
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
});
