import { execFile } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { sample } from "@auditgate/emulator";
import { engines } from "../../../scripts/engines/locate.ts";
import type { Scratch } from "./stack.ts";

/** What came of a run. */
interface Done {
  readonly total: number;
  readonly previewed: object;
  readonly upped: object;
  readonly state: Deployment;
}

/** What a run is told. */
interface Asked {
  /** A machine: its state and home. */
  readonly at: Scratch;
  readonly env: { readonly [name: string]: string };
  /** Whether it has a resource, else a function. */
  readonly resources: boolean;
  /** The state that it begins with. */
  readonly state?: Deployment;
}

/** Runs a program of the Automation API that has no `workDir`, in a folder where the packages are installed. */
export async function runWithoutWorkDir(folder: string, { at, env: more, ...asked }: Asked): Promise<Done> {
  copyFileSync(join(__dirname, "without-work-dir.mjs"), join(folder, "run.mjs"));
  const env = { ...at.env, ...more, NODE_PATH: asked.resources ? join(folder, "node_modules") : "" };
  const pulumiHome = join(at.folder, "home");
  const all = { root: engines().pulumiRoot, pulumiHome, clusterId: sample.clusters.healthy, env, ...asked };
  const { stdout } = await promisify(execFile)(process.execPath, ["run.mjs", JSON.stringify(all)], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as Done;
}
