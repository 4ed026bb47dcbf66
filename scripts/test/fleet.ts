import { buildSteps } from "../build/steps.ts";
import { engineNamed } from "../engines/catalogue.ts";
import { engineSteps } from "../engines/steps.ts";
import { runSteps } from "../progress.ts";
import { runPart } from "./jest.ts";

/** Judges a large fleet while workers, Redis and the coordinator are killed, and prints what it took. */
export async function testFleet(): Promise<void> {
  await runSteps([...buildSteps(), ...engineSteps([engineNamed("redis-server")])]);
  process.env["FLEET"] = "all";
  await runPart(["--selectProjects", "e2e", "--testPathPatterns", "fleet/test/faults"]);
}
