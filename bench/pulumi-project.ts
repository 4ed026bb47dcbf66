import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { sample } from "@auditgate/emulator";

import { engines } from "../scripts/engines/locate.ts";
import { plainEnvironment, type Scratch } from "./program.ts";
import type { Server } from "./serving.ts";

/** A Pulumi project that the CLI can run. */
export interface PulumiProject {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes a project of `programs/pulumi/<name>.cjs`.
 *
 * @param programs - Folder whose node_modules it imports from.
 * @param called - Of the project's folder, where several have the same program.
 */
export function pulumiProject(programs: Scratch, name: string, server: Server, called = name): PulumiProject {
  const home = join(programs.folder, "pulumi-home");
  const folder = join(programs.folder, `pulumi-${called}`);
  const state = join(folder, "state");
  for (const each of [home, state]) mkdirSync(each, { recursive: true });
  copyFileSync(join(programs.folder, "pulumi", `${name}.cjs`), join(folder, "index.cjs"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "commonjs" }\n');
  writeFileSync(join(folder, "Pulumi.yaml"), `name: bench-${name}\nmain: index.cjs\nruntime: nodejs\n`);
  const plain = plainEnvironment({});
  const env = {
    ...plain,
    ...server.env,
    PATH: [join(engines().pulumiRoot, "bin"), dirname(engines().pulumi), plain["PATH"]].join(delimiter),
    HOME: home,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    CLUSTER: sample.clusters.healthy,
    INSTANCE: sample.instances.healthy,
  };
  return { folder, env };
}
