import type { Backend } from "./backend.ts";
import type { Outputs, Program } from "./program.ts";
import { pulumiProject } from "./pulumi-project.ts";
import { CommandError, type Stage } from "./stage.ts";

/** The Pulumi example, through the CLI, with its state in the scratch folder. */
export function pulumiProgram(stage: Stage, backend: Backend): Program {
  const { run } = pulumiProject(stage, backend, "pulumi-outputs");
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
