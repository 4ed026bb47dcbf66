import { crash, createLog } from "./provider/log.ts";
import type { Core } from "./provider/data-source.ts";
import { PROTOCOL, readInvitation } from "./protocol/handshake.ts";
import { providerRoutes } from "./provider/provider.ts";
import { createRedaction } from "@auditgate/core/texts";
import { secretsInEnvironment } from "./provider/redaction.ts";
import { providerSchema } from "./schema.ts";
import { serveDebugger, serveEngine } from "./protocol/serve.ts";
import manifest from "../package.json" with { type: "json" };

const HELP = `auditgate provider ${manifest.version} for Terraform and OpenTofu

Terraform and OpenTofu start this program; there is nothing to start by hand. To use it in a project, run

  npx @auditgate/terraform-provider install

in the folder of the configuration, then terraform init or tofu init.

Options:
  --debug    serve until Ctrl-C, and print the variable by which terraform or tofu finds this process
  --version  print the version
  --help     print this text`;

const SOURCES = ["registry.terraform.io/auditgate/auditgate", "registry.opentofu.org/auditgate/auditgate"];

async function main(args: readonly string[]): Promise<void> {
  const { env } = process;
  const log = createLog(env, (line) => process.stderr.write(redaction.redact(line)));
  redaction.add(secretsInEnvironment(providerSchema.provider.attributes, env));
  // Flags may have one dash, as Go programs' do.
  const has = (flag: string) => args.includes(`--${flag}`) || args.includes(`-${flag}`);
  if (has("help")) return console.log(HELP);
  if (has("version")) return console.log(manifest.version);
  // stdout carries the handshake and nothing else, and stderr may close before this process ends.
  console.log =
    console.info =
    console.debug =
      (...words: unknown[]) => log("debug", words.map(String).join(" "));
  process.stderr.on("error", () => undefined);
  const options = {
    env,
    log,
    routes: providerRoutes({ schema: providerSchema, loadCore, log, redaction }),
  };
  if (has("debug")) return serveDebugger(SOURCES, options);
  const invitation = readInvitation(env);
  switch (invitation.kind) {
    case "engine":
      return serveEngine(invitation, options);
    case "unsupported":
      // Engines quote the first line of stdout.
      return fail(
        `The auditgate provider needs Terraform 1.0 or OpenTofu 1.6, or newer: it speaks protocol ${PROTOCOL}, this engine ${invitation.offered || "none of several"}.`,
      );
    case "none":
      return fail(HELP);
  }
}

async function loadCore(): Promise<Core> {
  const { setFlagsFromString } = await import("node:v8");
  // A process does not end before V8 has optimized undici's parser, a WebAssembly, in the background: 25 to 60 ms, and
  // the engine waits. So that begins later, after some hundred megabytes.
  setFlagsFromString("--wasm-tiering-budget=1000000000");
  return import("./core.ts");
}

function fail(message: string): void {
  process.stdout.write(`${message}\n`);
  process.exitCode = 1;
}

const redaction = createRedaction("(sensitive)");
// Rejections that nobody handles come here too, main's among them.
process.on("uncaughtException", (error) => crash(error, redaction.redact));
void main(process.argv.slice(2));
