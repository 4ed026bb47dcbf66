#!/usr/bin/env node
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeBridged } from "./install/bridged.ts";
import { hidingConfiguration } from "./install/cli-configuration.ts";
import { type Engine, ENGINE_HOSTS } from "./install/engine.ts";
import { mirrorConfiguration, writeMirror } from "./install/mirror.ts";
import { type PlatformFiles, placePackages } from "./install/place.ts";
import { providerPackage, readFiles } from "./package.ts";
import { ownPlatform, standaloneFiles, standalonePlatforms } from "./standalone/standalone.ts";

const { version, source, platforms } = providerPackage;

const HELP = `Usage: auditgate-terraform-provider install [DIR] [--engine NAME] [--platform NAME]... [--standalone [--musl]]
       auditgate-terraform-provider mirror DIR [--platform NAME]... [--standalone [--musl]]
       auditgate-terraform-provider pulumi DIR [--standalone [--musl]]
       auditgate-terraform-provider --version | --help

install puts the auditgate provider ${version} into a Terraform or OpenTofu configuration (DIR, else this folder): its
files below terraform.d/plugins, its hash into .terraform.lock.hcl. After that, terraform init and tofu init need no
registry for it and no CLI configuration. The configuration names it like any other:

  terraform {
    required_providers {
      auditgate = { source = "${source}" }
    }
  }

Repeat this after an upgrade, then run init -upgrade.

mirror puts it into a folder for many configurations, a filesystem mirror, and prints the CLI configuration by which the
engines use that. Other versions in the folder stay.

pulumi puts it into a folder as \`pulumi package add terraform-provider\` takes it, for programs in Python, Go, C#, Java and YAML,
and prints that command. TypeScript has a package of its own, @auditgate/pulumi-provider.

The provider needs Node.js where the engine runs. With --standalone it does not: it is one executable of some 110 MB for each
platform, made here of the provider and a runtime (Bun) that npm fetches, some 50 MB.

Options:
  --engine NAME    terraform or tofu: whose lock file to write; else the one that wrote it, or the one on the PATH
  --platform NAME  only for this platform (${platforms.join(", ")}); may be repeated
  --standalone     executables that need no Node.js, for the platforms that are named (also ${standalonePlatforms.filter((name) => !platforms.includes(name)).join(", ")}), else for this machine's
  --musl           with --standalone: for Linux with musl, such as Alpine, where they need libstdc++
  --version        print the version
  --help           print this text`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      engine: { type: "string" },
      platform: { type: "string", multiple: true },
      standalone: { type: "boolean", default: false },
      musl: { type: "boolean", default: false },
      version: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [command, directory = ".", ...rest] = positionals;
  if (values.help) console.log(HELP);
  else if (values.version) console.log(version);
  else if (command === "install" && rest.length === 0)
    install(directory, engineNamed(values.engine), await packagesFor(values));
  else if (command === "mirror" && positionals.length === 2 && values.engine === undefined)
    mirror(directory, await packagesFor(values));
  else if (command === "pulumi" && positionals.length === 2 && !values.engine && !values.platform)
    bridge(directory, await packagesFor({ ...values, platform: undefined }));
  else {
    console.error(HELP);
    return 2;
  }
  return 0;
}

function engineNamed(name: string | undefined): Engine | undefined {
  if (name === undefined || name === "terraform" || name === "tofu") return name;
  throw new Error(`--engine is terraform or tofu, not ${name}`);
}

interface Wanted {
  readonly platform?: readonly string[] | undefined;
  readonly standalone: boolean;
  readonly musl: boolean;
}

/** What is to be placed: the same files for all platforms, or an executable for each. */
async function packagesFor({ platform: named, standalone, musl }: Wanted): Promise<readonly PlatformFiles[]> {
  if (musl && !standalone)
    throw new Error("--musl is for --standalone: without it, the provider runs on Node.js");
  const known = standalone ? standalonePlatforms : platforms;
  const wrong = named?.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new Error(
      `--platform is one of ${known.join(", ")}, not ${wrong}${standalonePlatforms.includes(wrong) ? "; with --standalone it can be" : ""}`,
    );
  if (!standalone) return [{ platforms: named ?? platforms, files: readFiles() }];
  const report = (text: string) => console.error(text);
  const made = await standaloneFiles(named ?? [ownPlatform()], { musl, report });
  return [...made].map(([platform, files]) => ({ platforms: [platform], files }));
}

function install(directory: string, engine: Engine | undefined, packages: readonly PlatformFiles[]): void {
  const chosen = placePackages(directory, packages, { engine });
  warnOfHiding(engine);
  // On the disk once, whatever platforms share them.
  const bytes = packages
    .flatMap(({ files }) => [...files.values()])
    .reduce((sum, { length }) => sum + length, 0);
  const other = chosen === "tofu" ? "terraform" : "tofu";
  console.log(`auditgate ${version} is in ${resolve(directory)}: ${(bytes / 1e6).toFixed(1)} MB in terraform.d/plugins, and the entry of ${ENGINE_HOSTS[chosen]} in .terraform.lock.hcl.
Next: ${chosen} init. For the other engine, install with --engine ${other}.`);
}

// An engine that is told where providers come from does not look into the folder by itself.
function warnOfHiding(engine: Engine | undefined): void {
  const engines: readonly Engine[] = engine ? [engine] : ["terraform", "tofu"];
  for (const name of engines) {
    const file = hidingConfiguration(name, source, process.env);
    if (file === undefined) continue;
    console.error(`Warning: ${file} has a provider_installation block, so that ${name} does not look into terraform.d/plugins.
Add this to the block, and exclude = ["${source}"] to its other parts:

  filesystem_mirror {
    path    = "terraform.d/plugins"
    include = ["${source}"]
  }
`);
    return;
  }
}

function mirror(directory: string, packages: readonly PlatformFiles[]): void {
  writeMirror(directory, packages);
  const path = resolve(directory);
  console.log(`auditgate ${version} is in the mirror ${path}. For ~/.terraformrc, ~/.tofurc or what TF_CLI_CONFIG_FILE names:

${mirrorConfiguration(path)}`);
}

function bridge(directory: string, [own]: readonly PlatformFiles[]): void {
  const file = writeBridged(resolve(directory), own?.files ?? new Map());
  console.log(`auditgate ${version} is in ${resolve(directory)}. Next, in the folder of the program:

pulumi package add terraform-provider ${file}`);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
