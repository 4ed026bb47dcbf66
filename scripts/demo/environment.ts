import { writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import type { Backend } from "./backend.ts";
import type { Stage } from "./stage.ts";

/** Settings of the engines themselves that would change what the demo does. */
const ENGINES_OWN = /^(?:TF|TOFU|PULUMI|CDKTF|TERRAFORM)_/;

/** Variables for the programs of the demo: this machine's, less its settings of engines, with the backend's. */
export function environment(
  { folder }: Stage,
  { env }: Backend,
  { bin, own }: { readonly bin: string; readonly own: Readonly<Record<string, string>> },
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ENGINES_OWN.test(name));
  const path = [dirname(process.execPath), bin, process.env["PATH"]].join(delimiter);
  return { ...Object.fromEntries(kept), ...env, PATH: path, TMPDIR: folder, ...own };
}

/** Path of a CLI configuration for Terraform that says nothing: the user's may forbid providers in the working folder. */
export function emptyTerraformConfiguration({ folder }: Stage): string {
  const file = join(folder, "empty.tfrc");
  writeFileSync(file, "");
  return file;
}
