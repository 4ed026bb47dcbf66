import { buildSteps } from "../build/steps.ts";
import { engineNamed } from "../engines/catalogue.ts";
import { engineSteps } from "../engines/steps.ts";
import { runSteps } from "../progress.ts";
import { runPart } from "./jest.ts";

/** Tries every kind of secret with every character and with all engines; a test run tries some. */
export async function testCanaries(): Promise<void> {
  await runSteps([...buildSteps()]);
  await runSteps(engineSteps(["terraform", "pulumi", "tofu"].map(engineNamed)));
  process.env["CANARIES"] = "all";
  await runPart([
    "--selectProjects",
    "e2e",
    "--testPathPatterns",
    "(terraform|pulumi)-provider/test/canaries",
  ]);
}
