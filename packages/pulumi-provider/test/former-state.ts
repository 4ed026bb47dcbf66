import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";

/** The state of a stack that 0.1.0 made, as if it had been made under these names. */
export function formerState({ project = "test", stack = "dev" } = {}): Deployment {
  const text = readFileSync(join(__dirname, "state-0.1.0.json"), "utf8")
    .replaceAll("urn:pulumi:dev::test::", `urn:pulumi:${stack}::${project}::`)
    .replaceAll("::test-dev", `::${project}-${stack}`);
  return JSON.parse(text) as Deployment;
}
