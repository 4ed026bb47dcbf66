/** `pnpm demo`: audit data as outputs of a CDKTF and a Pulumi program, and what a plan sees when it changes. */
import { styleText } from "node:util";

import { buildSteps } from "./build/steps.ts";
import { start } from "./command-line.ts";
import { type Backend, openBackend } from "./demo/backend.ts";
import { cdktfProgram } from "./demo/cdktf-program.ts";
import { gateAct } from "./demo/gate-act.ts";
import { drawPicture } from "./demo/picture.ts";
import { changesOf, type Program } from "./demo/program.ts";
import { pulumiGate } from "./demo/pulumi-gate.ts";
import { pulumiProgram } from "./demo/pulumi-program.ts";
import { onStage, type Stage } from "./demo/stage.ts";
import { changeTable, outputTables } from "./demo/tables.ts";
import { terraformGate } from "./demo/terraform-gate.ts";
import { duration } from "./duration.ts";
import { engineNamed } from "./engines/catalogue.ts";
import { engineSteps } from "./engines/steps.ts";
import { runSteps } from "./progress.ts";

const HELP = `
Runs examples/cdktf-outputs through Terraform and examples/pulumi-outputs through Pulumi against an emulator of the
audit APIs, shows what came out as outputs, lets a dump fail, and shows what the next plan and preview say. Then
examples/terraform-gate and examples/pulumi-gate deploy while the audit trail is in order, and are blocked while it is
not.
It fetches or builds the engines it needs once (npx pnpm@12 engines), and leaves nothing else behind.

Environment: with AUDITGATE_… variables (endpoints, region, credentials) and DWS_CLUSTER_ID and DDS_INSTANCE_ID, the
same programs run against that server. AUDITGATE_ENGINES is the folder to keep engines in.`;

async function demo(): Promise<void> {
  const begin = Date.now();
  const backend = await openBackend(process.env);
  try {
    await runSteps([...buildSteps(), ...engineSteps(["terraform", "pulumi"].map(engineNamed))]);
    await onStage((stage) => show(stage, backend));
  } finally {
    await backend.close();
  }
  console.log(`\nDone in ${duration(Date.now() - begin)}; nothing is left behind.`);
}

async function show(stage: Stage, backend: Backend): Promise<void> {
  heading(`Against ${backend.title}`);
  const programs = [cdktfProgram(stage, backend), pulumiProgram(stage, backend)];
  await runSteps(programs.flatMap(({ deploy }) => deploy));
  for (const program of programs) {
    heading(program.title);
    console.log(outputTables(program, program.outputs()));
  }
  await showChange(backend, programs);
  if (backend.incident) {
    const gated = [terraformGate(stage, backend), pulumiGate(stage, backend)];
    await gateAct(gated, backend.incident, heading);
  }
}

async function showChange({ incident }: Backend, programs: readonly Program[]): Promise<void> {
  if (incident === undefined) {
    console.log(
      "\nThe audit data of a real server is not the demo's to change: no second plan is shown, and no gate.",
    );
    return;
  }
  heading(incident.happen());
  const previews = new Map(programs.map((program) => [program, program.outputs()]));
  await runSteps(
    programs.map((program) => ({
      title: `${program.previewCommand} again`,
      run: async () => {
        previews.set(program, await program.preview());
        const count = changesOf(program.outputs(), previews.get(program) ?? {}).length;
        if (count === 0) throw new Error(`${program.previewCommand} does not see that a dump has failed.`);
        return `${count} values change`;
      },
    })),
  );
  for (const [program, after] of previews) {
    heading(`${program.title}: what \`${program.previewCommand}\` sees`);
    console.log(changeTable(changesOf(program.outputs(), after), ["in the state", "seen now"]));
  }
}

function heading(text: string): void {
  console.log(`\n${styleText("bold", text)}\n`);
}

await start("demo", {
  own: (command) =>
    command
      .option("--picture", "draws what it prints about the gate into the picture of the README", false)
      .addHelpText("after", HELP)
      .action(({ picture }: { readonly picture: boolean }) => (picture ? drawPicture() : demo())),
});
