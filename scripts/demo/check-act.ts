import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { root } from "../build/packages.ts";
import { runSteps } from "../progress.ts";
import type { Backend } from "./backend.ts";
import { environment } from "./environment.ts";
import type { Say } from "./gate-act.ts";
import { CommandError, type Stage } from "./stage.ts";

const TITLE = "auditgate check policy.yaml";

/**
 * The first act, which needs no engine: a policy file is checked; a dump fails, and the command ends with 1 and the
 * reasons; it is run again, and the command passes.
 *
 * @throws {Error} where it passes that should not, or the other way round.
 */
export async function checkAct(stage: Stage, backend: Backend, say: Say): Promise<void> {
  const { env, incident } = backend;
  const folder = join(stage.folder, "check");
  mkdirSync(folder);
  const clusterId = env["DWS_CLUSTER_ID"] ?? process.env["DWS_CLUSTER_ID"] ?? "";
  const policy = `version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["${clusterId}"], within: 7d, maxFailures: 0 }
`;
  writeFileSync(join(folder, "policy.yaml"), policy);
  const check = () =>
    checked(stage, {
      title: TITLE,
      program: process.execPath,
      args: [join(root, "packages/cli/dist/main.cjs"), "check", "policy.yaml", "--quiet"],
      folder,
      env: environment(stage, backend, { bin: dirname(process.execPath), own: {} }),
    });
  say("The command line, for any pipeline: policy.yaml");
  console.log(policy);
  // Of a server that is not ours to change, nobody knows whether its trail is in order.
  const first = await step(check, incident ? 0 : undefined);
  console.log(`\n${first}`);
  if (!incident) return;
  say(incident.happen());
  console.log(`\n${await step(check, 1)}`);
  say(incident.repair());
  await step(check, 0);
}

interface Checked {
  readonly code: number;
  readonly said: string;
}

async function checked(stage: Stage, command: Parameters<Stage["run"]>[0]): Promise<Checked> {
  try {
    return { code: 0, said: (await stage.run(command)).trim() };
  } catch (error) {
    // Closed, or not to be judged, is what it has to say, and no failure of the command.
    if (error instanceof CommandError && (error.code === 1 || error.code === 3))
      return { code: error.code, said: error.stdout.trim() };
    throw error;
  }
}

async function step(check: () => Promise<Checked>, expected: number | undefined): Promise<string> {
  let said = "";
  const run = async () => {
    const { code, said: text } = await check();
    if (expected !== undefined && code !== expected) {
      throw new Error(`\`${TITLE}\` has ended with ${code}, not ${expected}:\n${text}`);
    }
    said = text;
    return `ends with ${code}`;
  };
  await runSteps([{ title: TITLE, run }]);
  return said;
}
