import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { sample } from "@auditgate/emulator";

import { placePackages } from "../packages/terraform-provider/src/install/place.ts";
import { ownPlatform } from "../packages/terraform-provider/src/standalone/standalone.ts";
import { engines } from "../scripts/engines/locate.ts";
import makeExecutable, { executable } from "../test/forms/executable.ts";
import { GO_PROVIDER_VERSION, placeGoProvider } from "./peers.ts";
import { plainEnvironment, run, type Scratch } from "./program.ts";
import type { Server } from "./serving.ts";

/** A folder in which `terraform init` has run. */
export interface TerraformProject {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

const INSTALL = resolve(import.meta.dirname, "../packages/terraform-provider/dist/command.cjs");

/** Where a project lies, and whom it asks. */
export interface TerraformPlace {
  readonly scratch: Scratch;
  readonly server: Server;
}

/** A project without any provider. */
export function plainProject(place: TerraformPlace): Promise<TerraformProject> {
  return initialized(place, "plain", 'output "answer" {\n  value = 42\n}\n', () => undefined);
}

/** A project with our provider. */
export function auditgateProject(
  place: TerraformPlace,
  name: string,
  dataSources: readonly string[],
): Promise<TerraformProject> {
  const required = requiredProvider('auditgate = { source = "auditgate/auditgate" }');
  return initialized(place, name, [required, ...dataSources].join("\n"), async (project) => {
    const args = [INSTALL, "install", ".", "--engine", "terraform"];
    await run(process.execPath, args, { cwd: project.folder, env: project.env });
  });
}

/** A project with our provider as an executable. */
export async function standaloneProject(
  place: TerraformPlace,
  name: string,
  dataSources: readonly string[],
): Promise<TerraformProject> {
  await makeExecutable();
  const built = dirname(executable());
  const files = new Map(readdirSync(built).map((file) => [file, readFileSync(join(built, file))]));
  const required = requiredProvider('auditgate = { source = "auditgate/auditgate" }');
  return initialized(place, name, [required, ...dataSources].join("\n"), ({ folder }) => {
    placePackages(folder, [{ platforms: [ownPlatform()], files }], { engine: "terraform" });
  });
}

/** A project with the provider in Go, whose data sources ask for these paths. */
export function goProject(
  place: TerraformPlace,
  name: string,
  { program, paths }: { readonly program: string; readonly paths: readonly string[] },
): Promise<TerraformProject> {
  const { url, token } = place.server;
  const required = requiredProvider(
    `http = {\n      source  = "hashicorp/http"\n      version = "${GO_PROVIDER_VERSION}"\n    }`,
  );
  const dataSources = paths.map(
    (path, index) =>
      `data "http" "d${index}" {\n  url = "${url}${path}"\n  request_headers = {\n    X-Auth-Token = "${token}"\n  }\n}\n`,
  );
  return initialized(place, name, [required, ...dataSources].join("\n"), ({ folder }) =>
    placeGoProvider(program, folder),
  );
}

/** One data source of each query. */
export const DATA_SOURCES: readonly string[] = [
  `data "auditgate_dws_audit_dump_records" "a" {\n  cluster_id = "${sample.clusters.healthy}"\n}\n`,
  `data "auditgate_dws_parameter_modification_records" "b" {\n  cluster_id = "${sample.clusters.healthy}"\n}\n`,
  `data "auditgate_dds_audit_logs" "c" {\n  instance_id = "${sample.instances.healthy}"\n  last        = "1d"\n}\n`,
];

function requiredProvider(text: string): string {
  return `terraform {\n  required_providers {\n    ${text}\n  }\n}\n`;
}

async function initialized(
  { scratch, server }: TerraformPlace,
  name: string,
  main: string,
  provide: (project: TerraformProject) => Promise<void> | void,
): Promise<TerraformProject> {
  const folder = join(scratch.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "main.tf"), main);
  const env = plainEnvironment({
    ...server.env,
    HOME: scratch.folder,
    CHECKPOINT_DISABLE: "1",
    TF_INPUT: "0",
  });
  await provide({ folder, env });
  await run(engines().terraform, ["init"], { cwd: folder, env });
  return { folder, env };
}
