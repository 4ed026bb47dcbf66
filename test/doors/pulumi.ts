import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

import { engines } from "../../scripts/engines/locate.ts";
import type { Env } from "./bench.ts";
import { camelCased, type Door, reading } from "./door.ts";

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
    for (const name of ["pulumi-home", "state"]) mkdirSync(join(bench.folder, name));
    const bin = join(engines().pulumiRoot, "bin");
    const env = {
      PATH: [dirname(process.execPath), bin, "/usr/bin", "/bin"].join(delimiter),
      PULUMI_HOME: join(bench.folder, "pulumi-home"),
      PULUMI_BACKEND_URL: `file://${join(bench.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "doors",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const command = (args: readonly string[], more: Env = {}) =>
      [
        join(bin, "pulumi"),
        [...args, "--stack", "doors", "--non-interactive"],
        { env: { ...env, ...more } },
      ] as const;
    const succeed = (...args: readonly string[]) => bench.succeed(...command(args));
    await succeed("stack", "init");
    return {
      plan: async (more) => {
        const outcome = await bench.run(...command(["preview"], more));
        return { ...outcome, empty: outcome.code === 0 && !/^Outputs:$|^ {4}[-+~]/m.test(outcome.stdout) };
      },
      apply: async () => void (await succeed("up", "--yes", "--skip-preview")),
      outputs: async () => {
        const outputs = JSON.parse(await succeed("stack", "output", "--json")) as Record<string, unknown>;
        return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, reading(value)]));
      },
      traces: async () => {
        // Not --logflow: with it, Pulumi's engine itself logs what passes through it, secrets included.
        const logged = await bench.run(...command(["preview", "--debug", "--diff"]));
        return [logged.output, await succeed("stack", "export")].join("\n");
      },
    };
  },
};
