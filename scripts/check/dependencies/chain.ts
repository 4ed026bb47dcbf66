import { graphOf, longestChain } from "./graph.ts";
import { sourcesIn } from "./sources.ts";

/** Files from the gate to the one that opens sockets, each imported by the one before: the longest such chain. */
export function chainToSocket(): readonly string[] {
  const chain = longestChain(
    graphOf(sourcesIn("packages/core/src")),
    "packages/core/src/gate/evaluate.ts",
    "undici",
  );
  return (chain ?? []).slice(0, -1).map((file) => file.replace("packages/core/src/", ""));
}
