import { runSteps } from "../progress.ts";
import type { Incident } from "./backend.ts";
import type { GatedProgram } from "./gated-program.ts";

/** What is said between the steps. */
export type Say = (heading: string) => void;

/**
 * The demo's second act: in order → deployed; a dump fails → blocked, and nothing deployed; run again → deployed.
 *
 * @throws {Error} where a gate lets something through that it should not, or the other way round.
 */
export async function gateAct(program: GatedProgram, incident: Incident, say: Say): Promise<void> {
  const { title, deployCommand, previewCommand } = program;
  say(incident.repair());
  await step(`${title}: ${deployCommand}`, async () => {
    await program.prepare();
    await program.deploy("1.0.0");
    return expectDeployed(program, ["1.0.0"]);
  });

  say(incident.happen());
  let said = "";
  await step(`${title}: ${previewCommand} of release 1.1.0`, async () => {
    said = await program.previewBlocked("1.1.0");
    return `blocked; ${await expectDeployed(program, ["1.0.0"])}`;
  });
  say(`What \`${previewCommand}\` says`);
  console.log(said);

  say(incident.repair());
  await step(`${title}: ${deployCommand} of release 1.1.0`, async () => {
    await program.deploy("1.1.0");
    return expectDeployed(program, ["1.0.0", "1.1.0"]);
  });
}

function step(title: string, run: () => Promise<string>): Promise<void> {
  return runSteps([{ title, run }]);
}

async function expectDeployed(program: GatedProgram, releases: readonly string[]): Promise<string> {
  const deployed = await program.deployed();
  if (deployed.join() !== releases.join()) {
    throw new Error(
      `${program.title} has deployed ${deployed.join(", ") || "nothing"}, not ${releases.join(", ")}.`,
    );
  }
  return `deployed: ${deployed.join(", ")}`;
}
