import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import { engines } from "../engines/locate.ts";
import type { Backend } from "./backend.ts";
import { environment } from "./environment.ts";
import type { Stage } from "./stage.ts";

const examples = resolve(import.meta.dirname, "../../examples");

/** A copy of an example for Pulumi, with a home and a state of its own. */
export interface PulumiProject {
  readonly folder: string;
  /** Runs the CLI for the stack `demo`; returns what it wrote to stdout. */
  run(...args: readonly string[]): Promise<string>;
}

/** Puts an example on the stage. The CLI writes a stack's settings beside the program, so it gets a copy. */
export function pulumiProject(stage: Stage, backend: Backend, name: string): PulumiProject {
  const bin = join(engines().pulumiRoot, "bin");
  const place = (part: string) => join(stage.folder, name, part);
  for (const part of ["home", "state", "project"]) mkdirSync(place(part), { recursive: true });
  const folder = place("project");
  copyExample(join(examples, name), folder);
  const env = environment(stage, backend, {
    bin,
    own: {
      PULUMI_HOME: place("home"),
      PULUMI_BACKEND_URL: `file://${place("state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // A preview says in JSON what becomes of the outputs only as it goes along.
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
    },
  });
  return {
    folder,
    run: (...args) =>
      stage.run({
        title: `pulumi ${args[0]}`,
        program: join(bin, "pulumi"),
        args: [...args, "--stack", "demo", "--non-interactive"],
        folder,
        env,
      }),
  };
}

function copyExample(source: string, folder: string): void {
  const isStackFile = (file: string) => /^Pulumi\..+\.yaml$/.test(basename(file));
  cpSync(source, folder, {
    recursive: true,
    filter: (file) => basename(file) !== "node_modules" && !isStackFile(file),
  });
  symlinkSync(join(source, "node_modules"), join(folder, "node_modules"), "junction");
}
