import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "esbuild";

import { root } from "./packages.ts";

const require = createRequire(join(root, "packages/core/package.json"));

/**
 * undici with the exports that core uses, and nothing of fetch, WebSockets, caches and mocks: half the time to load it.
 * An export that core starts to use is missing then, and the build says so.
 */
export const slimUndici: Plugin = {
  name: "slim-undici",
  setup({ initialOptions, onResolve, onLoad }) {
    // What Node.js sets to bundle it: without the second parser of HTTP/1, which is an experiment.
    initialOptions.define = { ...initialOptions.define, esbuildDetection: "true" };
    onResolve({ filter: /^undici$/ }, () => ({ path: require.resolve("undici"), namespace: "slim-undici" }));
    onLoad({ filter: /.*/, namespace: "slim-undici" }, ({ path }) => ({
      resolveDir: dirname(path),
      // A tunnel through a proxy begins with CONNECT, which undici's own entry point gives to every dispatcher.
      contents: `
        import Dispatcher from "./lib/dispatcher/dispatcher.js";
        import connect from "./lib/api/api-connect.js";
        Dispatcher.prototype.connect = connect;
        export { default as Agent } from "./lib/dispatcher/agent.js";
        export { default as Pool } from "./lib/dispatcher/pool.js";
        export { default as ProxyAgent } from "./lib/dispatcher/proxy-agent.js";
        export { default as buildConnector } from "./lib/core/connect.js";`,
    }));
    // HTTP/2, and Node's own part of it, is loaded by the first server that speaks it.
    onLoad({ filter: /[/\\]undici[/\\]lib[/\\]dispatcher[/\\]client-h2\.js$/ }, ({ suffix }) =>
      suffix === ""
        ? { contents: `module.exports = (...args) => require("./client-h2.js?whole")(...args);` }
        : undefined,
    );
  },
};
