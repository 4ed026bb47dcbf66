import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { engines } from "../../scripts/engines/locate.ts";
import type { Bench, Env } from "./bench.ts";
import { openPulumi, type Pulumi } from "./pulumi.ts";

/** Where the provider lies, from the program's folder. */
const PROVIDER = "./provider/terraform-provider-auditgate";

/** What a program in a language without an own package of auditgate needs, as `pulumi package add` would leave it. */
export interface Bridged {
  readonly pulumi: Pulumi;
  /** Of the package that the bridge makes of the provider, as JSON. */
  schema(): Promise<string>;
}

/** Puts the provider, by its own command, and the bridge in place. */
export async function openBridge(bench: Bench, env: Env = {}): Promise<Bridged> {
  const { bin, python } = engines().languages;
  await placeProvider(bench);
  return bridgeOf(openPulumi(bench, { bins: [bin, dirname(python)], env }));
}

/** As `openBridge`, for YAML on a machine without Node.js: the provider is its executable, PATH has Pulumi and the language's host. */
export async function openBridgeWithoutNode(bench: Bench): Promise<Bridged> {
  // The executable is made where there is npm, with the settings of whoever runs the tests.
  await placeProvider(bench, ["--standalone"], process.env as Env);
  const bare = join(bench.folder, "bare");
  mkdirSync(bare);
  const { languages, pulumi } = engines();
  for (const program of [pulumi, join(languages.bin, "pulumi-language-yaml")])
    symlinkSync(program, join(bare, basename(program)));
  return bridgeOf(openPulumi(bench, { env: { PATH: bare } }));
}

async function placeProvider(bench: Bench, options: readonly string[] = [], env: Env = {}): Promise<void> {
  const command = resolve("packages/terraform-provider/dist/command.cjs");
  await bench.succeed(process.execPath, [command, "pulumi", dirname(PROVIDER), ...options], { env });
}

async function bridgeOf(pulumi: Pulumi): Promise<Bridged> {
  const { bridge } = engines().languages;
  const plugin = ["plugin", "install", "resource", "terraform-provider", bridge.version];
  await pulumi.succeed([...plugin, "--file", bridge.file]);
  return {
    pulumi,
    schema: () => pulumi.succeed(["package", "get-schema", "terraform-provider", PROVIDER]),
  };
}

/** As a YAML program is given the package. */
export async function addToYaml(bench: Bench, { pulumi }: Bridged): Promise<void> {
  const { code, output } = await pulumi.run(["package", "add", "terraform-provider", PROVIDER]);
  // pulumi-yaml 1.25.0 writes the SDK, and has nothing to link: it says so as an error.
  if (code !== 0 && !output.includes("method Link not implemented"))
    throw new Error(`pulumi package add failed in ${bench.folder}:\n${output}`);
}

/** As a Python program is given the package: an SDK made by Pulumi's generator, installed by pip. */
export async function addToPython(bench: Bench, bridged: Bridged): Promise<void> {
  const { bin, python } = engines().languages;
  writeFileSync(join(bench.folder, "schema.json"), await bridged.schema());
  const generator = join(bin, "pulumi-python-sdk");
  await bench.succeed("sh", ["-c", `"${generator}" sdks/auditgate < schema.json`]);
  const options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"];
  await bench.succeed(python, ["-m", "pip", "install", ...options, "--target", "site", "./sdks/auditgate"]);
}

/** A program of `test/doors/programs`. */
export function program(name: string): string {
  return readFileSync(resolve("test/doors/programs", name), "utf8");
}
