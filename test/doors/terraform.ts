import { copyFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { engines } from "../../scripts/engines/locate.ts";
import type { Bench, Env } from "./bench.ts";
import { type Door, type Project, reading } from "./door.ts";

export type EngineName = "terraform" | "tofu";

/** Plain HCL, with the provider put in place by its own command. */
export function hclDoor(engine: EngineName): Door {
  return {
    name: `HCL with ${engine}`,
    open: async (bench, literals = {}) => {
      copyFileSync(resolve("test/doors/programs/main.tf"), join(bench.folder, "main.tf"));
      const lines = Object.entries(literals).map(([name, value]) => `  ${name} = "${value}"\n`);
      writeFileSync(join(bench.folder, "provider.tf"), `provider "auditgate" {\n${lines.join("")}}\n`);
      const command = resolve("packages/terraform-provider/dist/command.cjs");
      await bench.succeed(process.execPath, [command, "install", ".", "--engine", engine]);
      return terraformProject(bench, engine, "");
    },
  };
}

/** A root module in `folder`, as an engine works with it. */
export async function terraformProject(bench: Bench, engine: EngineName, folder: string): Promise<Project> {
  const program = engines()[engine];
  const env = { CHECKPOINT_DISABLE: "1", TF_CLI_ARGS: "-no-color", TF_INPUT: "0" };
  const run = (args: readonly string[], more: Env = {}) =>
    bench.run(program, args, { folder, env: { ...env, ...more } });
  const succeed = (args: readonly string[], more: Env = {}) =>
    bench.succeed(program, args, { folder, env: { ...env, ...more } });
  await succeed(["init"]);
  return {
    plan: async (more) => {
      const outcome = await run(["plan", "-detailed-exitcode"], more);
      // 2 says that there are changes.
      return { ...outcome, code: outcome.code === 2 ? 0 : outcome.code, empty: outcome.code === 0 };
    },
    apply: async () => void (await succeed(["apply", "-auto-approve"])),
    outputs: async () => {
      const outputs = JSON.parse(await succeed(["output", "-json"])) as Record<
        string,
        { readonly value: string }
      >;
      return Object.fromEntries(
        Object.entries(outputs).map(([name, { value }]) => [name, reading(JSON.parse(value))]),
      );
    },
    traces: async () => {
      const logged = await run(["plan", "-out=saved.plan"], { TF_LOG: "TRACE" });
      const plan = JSON.parse(await succeed(["show", "-json", "saved.plan"])) as { configuration?: unknown };
      // The engines show what a configuration says there, and only there.
      delete plan.configuration;
      return [logged.output, JSON.stringify(plan), await succeed(["show", "-json"])].join("\n");
    },
  };
}
