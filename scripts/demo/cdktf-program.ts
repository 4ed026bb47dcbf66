import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { engines } from "../engines/locate.ts";
import type { Backend } from "./backend.ts";
import { emptyTerraformConfiguration, environment } from "./environment.ts";
import type { Outputs, Program } from "./program.ts";
import type { Stage } from "./stage.ts";

const example = resolve(import.meta.dirname, "../../examples/cdktf-outputs");

/** The CDKTF example, through Terraform. */
export function cdktfProgram(stage: Stage, backend: Backend): Program {
  const { terraform } = engines();
  const project = join(stage.folder, "cdktf");
  const synthesized = join(project, "cdktf.out", "stacks", "audit-outputs");
  mkdirSync(project);
  const env = environment(stage, backend, {
    bin: dirname(terraform),
    own: {
      TERRAFORM_BINARY_NAME: "terraform",
      TF_CLI_CONFIG_FILE: emptyTerraformConfiguration(stage),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  const run = (...args: string[]) => {
    const title = `terraform ${args[0]}`;
    return stage.run({ title, program: terraform, args, folder: synthesized, env });
  };
  let outputs: Outputs = {};
  return {
    title: "CDKTF stack audit-outputs (examples/cdktf-outputs), through Terraform",
    previewCommand: "terraform plan",
    columns: {
      first_dumps: ["executor_time", "result", "failed_reason"],
      first_changes: ["id", "operator", "start_time", "status", "failed_reason"],
      first_logs: ["name", "size", "start_time", "end_time"],
      "log_summary.by_node": ["node_id", "count", "total_bytes", "newest"],
    },
    deploy: [
      {
        title: "CDKTF example: synthesize",
        run: async () => {
          const args = [join(example, "main.ts")];
          const title = "node main.ts";
          await stage.run({ title, program: process.execPath, args, folder: project, env });
        },
      },
      {
        title: "CDKTF example: terraform init",
        run: async () => {
          const text = await run("init", "-input=false", "-no-color");
          return /Installed (\S+ v\S+)/.exec(text)?.[1];
        },
      },
      {
        title: "CDKTF example: terraform plan",
        run: async () => {
          await run("plan", "-input=false", "-no-color", "-out=plan.bin");
          return count(afterOf(await run("show", "-json", "plan.bin")), "known before anything is applied");
        },
      },
      {
        title: "CDKTF example: terraform apply",
        run: async () => {
          await run("apply", "-input=false", "-no-color", "plan.bin");
          const stored = JSON.parse(await run("output", "-json")) as Record<string, { value: unknown }>;
          outputs = Object.fromEntries(Object.entries(stored).map(([name, { value }]) => [name, value]));
          return count(outputs, "in the state");
        },
      },
    ],
    outputs: () => outputs,
    preview: async () => {
      await run("plan", "-input=false", "-no-color", "-out=next.bin");
      return afterOf(await run("show", "-json", "next.bin"));
    },
  };
}

function afterOf(shownPlan: string): Outputs {
  const { output_changes: changes = {} } = JSON.parse(shownPlan) as {
    output_changes?: Record<string, { after: unknown }>;
  };
  return Object.fromEntries(Object.entries(changes).map(([name, { after }]) => [name, after]));
}

function count(outputs: Outputs, where: string): string {
  return `${Object.keys(outputs).length} outputs ${where}`;
}
