import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample } from "@auditgate/emulator";
import type { Engine } from "../src/install/engine.ts";
import { createProject, diagnosticsOf, type Outcome, type Project } from "./project.ts";

const { clusters } = sample;

export type GateKind = "data" | "ephemeral";

/** A gate of the healthy cluster that fails with the first failed dump. */
export const NO_FAILED_DUMP = noFailedDump(`"${clusters.healthy}"`);

/** The same of another cluster. @param clusterId - An expression of HCL. */
export function noFailedDump(clusterId: string): string {
  return `dws_audit_dump_records {
    cluster_ids  = [${clusterId}]
    max_failures = 0
  }`;
}

/** A gate with a policy, and beside it what it guards and what it does not; both note each release in a file. */
export function gated(policy: string, kind: GateKind = "data", more = ""): string {
  const deployment = (name: string, dependsOn = "") => `
resource "terraform_data" "${name}" {
  triggers_replace = var.release
  ${dependsOn}
  lifecycle {
    create_before_destroy = true
  }
  provisioner "local-exec" {
    command = "echo ${"${self.triggers_replace}"} >> ${name}.txt"
  }
}`;
  return `
variable "release" {
  default = "one"
}
${kind} "auditgate_gate" "gate" {
  ${policy}
}
${deployment("guarded", `depends_on = [${kind === "data" ? "data" : "ephemeral"}.auditgate_gate.gate]`)}
${deployment("other")}
${more}`;
}

/** A project that was initialised, whose provider gives up at the first failure. */
export async function gateProject(
  engine: Engine,
  { env }: Emulator,
  main: string,
  more: NodeJS.ProcessEnv = {},
): Promise<Project> {
  const project = createProject({ engine, env: { ...env, AUDITGATE_MAX_RETRIES: "0", ...more }, main });
  await project.succeed("init", "-no-color");
  return project;
}

/** Releases that were deployed, in order. */
export function deployed({ folder }: Project, name: "guarded" | "other"): readonly string[] {
  const file = join(folder, `${name}.txt`);
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

/** The state, to the byte; empty where there is none. */
export function stateOf({ folder }: Project): string {
  const file = join(folder, "terraform.tfstate");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Breaks the rule of {@link NO_FAILED_DUMP}. */
export function failNewestDump(emulator: Emulator): void {
  changeNewestDump(emulator, { result: "FAILED", failed_reason: "no \u001b[31mspace\n::error::left" });
}

export function changeNewestDump(emulator: Emulator, change: object): void {
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === clusters.healthy)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("the sample has changed");
    Object.assign(dumps[0] ?? {}, change);
  });
}

/** The one error of a command with `-json`. @throws {Error} where it has not failed with one. */
export function onlyError(outcome: Outcome) {
  const [error, ...others] = diagnosticsOf(outcome).filter(({ severity }) => severity === "error");
  if (outcome.code !== 1 || !error || others.length > 0) {
    throw new Error(`not one error: exit code ${outcome.code}\n${outcome.stdout}${outcome.stderr}`);
  }
  return error;
}
