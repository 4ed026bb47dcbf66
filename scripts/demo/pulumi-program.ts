import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import { engines } from "../engines/locate.ts";
import type { Backend } from "./backend.ts";
import { environment } from "./environment.ts";
import type { Outputs, Program } from "./program.ts";
import { CommandError, type Stage } from "./stage.ts";

const example = resolve(import.meta.dirname, "../../examples/pulumi-outputs");

/** The Pulumi example, through the CLI, with its state in the scratch folder. */
export function pulumiProgram(stage: Stage, backend: Backend): Program {
  const bin = join(engines().pulumiRoot, "bin");
  const folder = (name: string) => join(stage.folder, "pulumi", name);
  for (const name of ["home", "state", "project"]) mkdirSync(folder(name), { recursive: true });
  const env = environment(stage, backend, {
    bin,
    own: {
      PULUMI_HOME: folder("home"),
      PULUMI_BACKEND_URL: `file://${folder("state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // A preview says in JSON what becomes of the outputs only as it goes along.
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
    },
  });
  const run = (...args: string[]) =>
    stage.run({
      title: `pulumi ${args[0]}`,
      program: join(bin, "pulumi"),
      args: [...args, "--stack", "demo", "--non-interactive"],
      folder: folder("project"),
      env,
    });
  const preview = async () => afterOf(await run("preview", "--json").catch(explain));
  let outputs: Outputs = {};
  return {
    title: "Pulumi stack pulumi-outputs (examples/pulumi-outputs)",
    previewCommand: "pulumi preview",
    columns: {},
    deploy: [
      {
        title: "Pulumi example: pulumi stack init",
        run: async () => {
          copyExample(folder("project"));
          await run("stack", "init");
          return "state in a scratch folder";
        },
      },
      {
        title: "Pulumi example: pulumi preview",
        run: async () => `${Object.keys(await preview()).length} outputs known before anything is created`,
      },
      {
        title: "Pulumi example: pulumi up",
        run: async () => {
          await run("up", "--yes", "--skip-preview");
          outputs = JSON.parse(await run("stack", "output", "--json")) as Outputs;
          return `${Object.keys(outputs).length} outputs in the state`;
        },
      },
    ],
    outputs: () => outputs,
    preview,
  };
}

/** The CLI writes a stack's settings beside the program, so it gets a copy. */
function copyExample(project: string): void {
  const isStackFile = (file: string) => /^Pulumi\..+\.yaml$/.test(basename(file));
  cpSync(example, project, {
    recursive: true,
    filter: (file) => basename(file) !== "node_modules" && !isStackFile(file),
  });
  symlinkSync(join(example, "node_modules"), join(project, "node_modules"), "junction");
}

interface Event {
  readonly resOutputsEvent?: {
    readonly metadata: { readonly type: string; readonly new?: { readonly outputs?: Outputs } };
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

function eventsOf(stream: string): Event[] {
  const lines = stream.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as Event);
}

/** The stack's outputs in a preview; it reports them last. */
function afterOf(stream: string): Outputs {
  const stacks = eventsOf(stream).filter(
    ({ resOutputsEvent }) => resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack",
  );
  return stacks.at(-1)?.resOutputsEvent?.metadata.new?.outputs ?? {};
}

/** Of a failed preview's events, what a person would have read. */
function explain(error: unknown): never {
  if (!(error instanceof CommandError)) throw error;
  const errors = eventsOf(error.stdout).flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [],
  );
  if (errors.length === 0) throw error;
  throw new Error(`\`pulumi preview\` failed:\n${errors.join("\n")}`);
}
