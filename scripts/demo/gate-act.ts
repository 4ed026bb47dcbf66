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
export async function gateAct(
  programs: readonly GatedProgram[],
  incident: Incident,
  say: Say,
): Promise<void> {
  say(incident.repair());
  await runSteps(
    programs.map((program) => ({
      title: `${program.title}: ${program.deployCommand}`,
      run: async () => {
        await program.prepare();
        await program.deploy("1.0.0");
        return expectDeployed(program, ["1.0.0"]);
      },
    })),
  );

  say(incident.happen());
  const said = new Map<GatedProgram, string>();
  await runSteps(
    programs.map((program) => ({
      title: `${program.title}: ${program.previewCommand} of release 1.1.0`,
      run: async () => {
        said.set(program, await program.previewBlocked("1.1.0"));
        return `blocked; ${await expectDeployed(program, ["1.0.0"])}`;
      },
    })),
  );
  for (const [program, text] of said) {
    say(`What \`${program.previewCommand}\` says`);
    console.log(text);
  }

  say(incident.repair());
  await runSteps(
    programs.map((program) => ({
      title: `${program.title}: ${program.deployCommand} of release 1.1.0`,
      run: async () => {
        await program.deploy("1.1.0");
        return expectDeployed(program, ["1.0.0", "1.1.0"]);
      },
    })),
  );
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
