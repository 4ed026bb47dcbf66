#!/usr/bin/env node
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { hidingConfiguration } from "./install/cli-configuration.ts";
import type { Engine } from "./install/engine.ts";
import { mirrorConfiguration, writeMirror } from "./install/mirror.ts";
import { type PlaceOptions, placeProvider, providerPackage } from "./package.ts";

const { version, source, platforms } = providerPackage;

const HELP = `Usage: auditgate-terraform-provider install [DIR] [--engine NAME] [--platform NAME]...
       auditgate-terraform-provider mirror DIR [--platform NAME]...
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

The provider needs Node.js where the engine runs.

Options:
  --engine NAME    terraform or tofu: whose lock file to write; else the one that wrote it, or the one on the PATH
  --platform NAME  only for this platform (${platforms.join(", ")}); may be repeated
  --version        print the version
  --help           print this text`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      engine: { type: "string" },
      platform: { type: "string", multiple: true },
      version: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [command, directory = ".", ...rest] = positionals;
  if (values.help) console.log(HELP);
  else if (values.version) console.log(version);
  else if (command === "install" && rest.length === 0)
    install(directory, {
      engine: engineNamed(values.engine),
      platforms: values.platform?.map(platformNamed),
    });
  else if (command === "mirror" && positionals.length === 2 && values.engine === undefined)
    mirror(directory, values.platform?.map(platformNamed));
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

function platformNamed(name: string): string {
  if (platforms.includes(name)) return name;
  throw new Error(`--platform is one of ${platforms.join(", ")}, not ${name}`);
}

function install(directory: string, options: PlaceOptions): void {
  placeProvider(directory, options);
  warnOfHiding(options.engine);
  console.log(`auditgate ${version} is in ${resolve(directory)}. Next: terraform init, or tofu init.`);
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

function mirror(directory: string, wanted: readonly string[] | undefined): void {
  writeMirror(directory, wanted);
  const path = resolve(directory);
  console.log(`auditgate ${version} is in the mirror ${path}. For ~/.terraformrc, ~/.tofurc or what TF_CLI_CONFIG_FILE names:

${mirrorConfiguration(path)}`);
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
