import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

import { engines } from "../../scripts/engines/locate.ts";
import type { Bench, Env } from "./bench.ts";
import { camelCased, type Door, type Project, reading } from "./door.ts";

const MANIFESTS = {
  "Pulumi.yaml": "name: doors\nmain: pulumi.mjs\nruntime: nodejs\n",
  "package.json": `{ "type": "module" }`,
};

/** A Pulumi program, run by the CLI with its state in a folder. */
export const pulumiDoor: Door = {
  name: "Pulumi",
  open: async (bench, literals = {}) => {
    for (const [name, text] of Object.entries(MANIFESTS)) writeFileSync(join(bench.folder, name), text);
    copyFileSync(resolve("test/doors/programs/pulumi.mjs"), join(bench.folder, "pulumi.mjs"));
    writeFileSync(join(bench.folder, "literals.json"), JSON.stringify(camelCased(literals)));
    symlinkSync(resolve("examples/pulumi-outputs/node_modules"), join(bench.folder, "node_modules"));
    return pulumiProject(openPulumi(bench));
  },
};

/** The CLI, with all that is its own below the bench's folder. */
export interface Pulumi {
  run(args: readonly string[], env?: Env): ReturnType<Bench["run"]>;
  succeed(args: readonly string[], env?: Env): Promise<string>;
}

/** @param languages - What the language of the program needs: folders for PATH, and variables. */
export function openPulumi(
  bench: Bench,
  { bins = [], env: more = {} }: { readonly bins?: readonly string[]; readonly env?: Env } = {},
): Pulumi {
  for (const name of ["pulumi-home", "state"]) mkdirSync(join(bench.folder, name));
  const bin = join(engines().pulumiRoot, "bin");
  const env = {
    PATH: [...bins, dirname(process.execPath), bin, "/usr/bin", "/bin"].join(delimiter),
    PULUMI_HOME: join(bench.folder, "pulumi-home"),
    PULUMI_BACKEND_URL: `file://${join(bench.folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "doors",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...more,
  };
  const command = (args: readonly string[], changed: Env = {}) =>
    [join(bin, "pulumi"), [...args, "--non-interactive"], { env: { ...env, ...changed } }] as const;
  return {
    run: (...asked) => bench.run(...command(...asked)),
    succeed: (...asked) => bench.succeed(...command(...asked)),
  };
}

/** The program of the bench's folder, in a stack of its own. */
export async function pulumiProject(
  { run, succeed }: Pulumi,
  options: (env?: Env) => readonly string[] = () => [],
): Promise<Project> {
  const stack = ["--stack", "doors"];
  await succeed(["stack", "init", ...stack]);
  return {
    plan: async (env) => {
      const outcome = await run(["preview", ...stack, ...options(env)], env);
      return { ...outcome, empty: outcome.code === 0 && !/^Outputs:$|^ {4}[-+~]/m.test(outcome.stdout) };
    },
    apply: async () => void (await succeed(["up", "--yes", "--skip-preview", ...stack, ...options()])),
    outputs: async () => {
      const json = await succeed(["stack", "output", "--json", ...stack]);
      const outputs = JSON.parse(json) as Record<string, unknown>;
      return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, reading(value)]));
    },
    traces: async () => {
      // Not --logflow: with it, Pulumi's engine itself logs what passes through it, secrets included.
      const logged = await run(["preview", "--debug", "--diff", ...stack, ...options()]);
      return [logged.output, await succeed(["stack", "export", ...stack])].join("\n");
    },
  };
}
