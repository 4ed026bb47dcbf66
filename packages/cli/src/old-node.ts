import manifest from "../package.json" with { type: "json" };

/** What is wrong where this Node.js is older than what the package needs, in one sentence; undefined where it is not. */
export function oldNode(found: string = process.versions.node): string | undefined {
  const needed = manifest.engines.node.replace(">=", "");
  const isOld = needed.localeCompare(found, "en", { numeric: true }) > 0;
  return isOld ? `Node.js ${needed} or newer is needed, and this is ${found}.` : undefined;
}
