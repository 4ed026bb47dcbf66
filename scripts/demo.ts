/** `pnpm demo`: audit data as outputs of a CDKTF and a Pulumi program, and what a plan sees when it changes. */
import { styleText } from "node:util";

import { buildSteps } from "./build/steps.ts";
import { start } from "./command-line.ts";
import { type Backend, openBackend } from "./demo/backend.ts";
import { type Beside, provideBeside } from "./demo/beside.ts";
import { checkAct } from "./demo/check-act.ts";
import { cdktfProgram } from "./demo/cdktf-program.ts";
import { gateAct } from "./demo/gate-act.ts";
import type { GatedProgram } from "./demo/gated-program.ts";
import { drawPicture } from "./demo/picture.ts";
import { changesOf, type Program } from "./demo/program.ts";
import { pulumiGate } from "./demo/pulumi-gate.ts";
import { pulumiProgram } from "./demo/pulumi-program.ts";
import { onStage } from "./demo/stage.ts";
import { changeTable, outputTables } from "./demo/tables.ts";
import { terraformGate } from "./demo/terraform-gate.ts";
import { duration } from "./duration.ts";
import { engineNamed } from "./engines/catalogue.ts";
import { engineSteps } from "./engines/steps.ts";
import { runSteps } from "./progress.ts";

const HELP = `
Checks a policy file by the command line first, which needs no engine: in order, closed while a dump has failed, in order again.
Then runs examples/cdktf-outputs through Terraform against an emulator of the audit APIs, shows what came out as outputs, lets a
dump fail, and shows what the next plan says. Then examples/terraform-gate deploys while the audit trail is in order, and is
blocked while it is not. Then the same through Pulumi, with examples/pulumi-outputs and examples/pulumi-gate.
Engines that are missing are fetched or built once (npx pnpm@12 engines): Pulumi while Terraform is on the stage. Nothing
else is left behind.

Environment: with AUDITGATE_… variables (endpoints, region, credentials) and DWS_CLUSTER_ID and DDS_INSTANCE_ID, the
same programs run against that server. AUDITGATE_ENGINES is the folder to keep engines in.`;

async function demo(): Promise<void> {
  const begin = Date.now();
  const backend = await openBackend(process.env);
  let other: Beside | undefined;
  try {
    await runSteps(buildSteps({ folders: ["cli"] }));
    await onStage(async (stage) => {
      heading(`Against ${backend.title}`);
      await checkAct(stage, backend, heading);
    });
    console.log();
    await runSteps(engineSteps([engineNamed("terraform")]));
    other = provideBeside(engineNamed("pulumi"));
    const { step, progress } = other;
    await runSteps(buildSteps({ folders: ["terraform-provider", "cdktf-constructs"] }));
    await onStage(async (stage) => {
      await show(cdktfProgram(stage, backend), () => terraformGate(stage, backend), backend, progress);
      console.log();
      await runSteps([step, ...buildSteps({ folders: ["pulumi-provider"] })]);
      await show(pulumiProgram(stage, backend), () => pulumiGate(stage, backend), backend, progress);
    });
  } catch (error) {
    if (other?.progress() === undefined) throw error;
    // What is still being built is not waited for.
    console.error((error as Error).message);
    process.exit(1);
  } finally {
    await backend.close();
  }
  if (!backend.incident)
    console.log(
      "\nThe audit data of a real server is not the demo's to change: no second plan is shown, and no gate.",
    );
  console.log(`\nDone in ${duration(Date.now() - begin)}; nothing is left behind.`);
}

/** One engine's acts: outputs, what it sees of a dump that failed, and a gate that blocks because of it. */
async function show(
  program: Program,
  gated: () => GatedProgram,
  { incident }: Backend,
  progress: () => string | undefined,
): Promise<void> {
  const say = (text: string) => {
    const line = progress();
    if (line !== undefined) console.log(`\n${styleText("dim", line)}`);
    heading(text);
  };
  await runSteps(program.deploy);
  say(program.title);
  console.log(outputTables(program, program.outputs()));
  if (incident === undefined) return;
  say(incident.happen());
  await showChange(program);
  await gateAct(gated(), incident, say);
}

async function showChange(program: Program): Promise<void> {
  let seen = program.outputs();
  await runSteps([
    {
      title: `${program.previewCommand} again`,
      run: async () => {
        seen = await program.preview();
        const count = changesOf(program.outputs(), seen).length;
        if (count === 0) throw new Error(`${program.previewCommand} does not see that a dump has failed.`);
        return `${count} values change`;
      },
    },
  ]);
  heading(`${program.title}: what \`${program.previewCommand}\` sees`);
  console.log(changeTable(changesOf(program.outputs(), seen), ["in the state", "seen now"]));
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
