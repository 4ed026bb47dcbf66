import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { engines } from "../engines/locate.ts";
import type { Backend } from "./backend.ts";
import { emptyTerraformConfiguration, environment } from "./environment.ts";
import type { GatedProgram } from "./gated-program.ts";
import { CommandError, type Stage } from "./stage.ts";

const example = resolve(import.meta.dirname, "../../examples/terraform-gate");
const installer = resolve(import.meta.dirname, "../../packages/terraform-provider/dist/command.cjs");

/** The HCL example of a gate, through Terraform. */
export function terraformGate(stage: Stage, backend: Backend): GatedProgram {
  const { terraform } = engines();
  const project = join(stage.folder, "terraform-gate");
  const deployedFile = join(project, "deployed.txt");
  mkdirSync(project);
  const env = environment(stage, backend, {
    bin: dirname(terraform),
    own: {
      TF_VAR_cluster_id: backend.env["DWS_CLUSTER_ID"] ?? process.env["DWS_CLUSTER_ID"] ?? "",
      TF_CLI_CONFIG_FILE: emptyTerraformConfiguration(stage),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  const run = (...args: string[]) => {
    const title = `terraform ${args[0]}`;
    return stage.run({
      title,
      program: terraform,
      args: [...args, "-input=false", "-no-color"],
      folder: project,
      env,
    });
  };
  return {
    title: "HCL configuration terraform-gate (examples/terraform-gate)",
    previewCommand: "terraform plan",
    deployCommand: "terraform apply",
    prepare: async () => {
      for (const file of ["main.tf", "deployment.tf", "variables.tf"])
        cpSync(join(example, file), join(project, basename(file)));
      const title = "auditgate-terraform-provider install";
      const args = [installer, "install", "--engine", "terraform"];
      await stage.run({ title, program: process.execPath, args, folder: project, env });
      await run("init");
    },
    deploy: async (release) => {
      await run("apply", "-auto-approve", `-var=release=${release}`);
    },
    previewBlocked: async (release) => {
      try {
        await run("plan", `-var=release=${release}`);
      } catch (error) {
        if (error instanceof CommandError && error.stderr.includes("The gate is closed"))
          return unframed(error.stderr);
        throw error;
      }
      throw new Error("`terraform plan` was not blocked, although a dump has failed.");
    },
    deployed: async () =>
      existsSync(deployedFile) ? readFileSync(deployedFile, "utf8").trim().split("\n") : [],
  };
}

/** A diagnostic without the frame that Terraform draws around it. */
function unframed(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/^[╷╵│] ?/, ""))
    .join("\n")
    .trim();
}
