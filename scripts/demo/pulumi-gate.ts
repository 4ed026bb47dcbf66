import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Backend } from "./backend.ts";
import type { GatedProgram } from "./gated-program.ts";
import { pulumiProject } from "./pulumi-project.ts";
import { CommandError, type Stage } from "./stage.ts";

/** The Pulumi example of a gate, through the CLI. */
export function pulumiGate(stage: Stage, backend: Backend): GatedProgram {
  const { folder, run } = pulumiProject(stage, backend, "pulumi-gate");
  const deployedFile = join(folder, "deployed.txt");
  return {
    title: "Pulumi stack pulumi-gate (examples/pulumi-gate)",
    previewCommand: "pulumi preview",
    deployCommand: "pulumi up",
    prepare: async () => {
      await run("stack", "init");
    },
    deploy: async (release) => {
      await run("up", "--yes", "--skip-preview", "--config", `release=${release}`);
    },
    previewBlocked: async (release) => {
      try {
        await run("preview", "--config", `release=${release}`);
      } catch (error) {
        if (error instanceof CommandError && error.stdout.includes("The gate is closed"))
          return diagnosticOf(error.stdout);
        throw error;
      }
      throw new Error("`pulumi preview` was not blocked, although a dump has failed.");
    },
    deployed: async () =>
      existsSync(deployedFile) ? readFileSync(deployedFile, "utf8").trim().split("\n") : [],
  };
}

/** What the CLI says of the gate: the other parts only say that the preview failed. */
function diagnosticOf(text: string): string {
  const [, diagnostics = ""] = text.split(/^Diagnostics:$/m);
  const parts = diagnostics.split(/^(?= {2}\S)|^(?=\S)/m);
  const gate = parts.find((part) => part.includes("The gate is closed")) ?? diagnostics;
  return gate.replace(/^ {2}/gm, "").trim();
}
