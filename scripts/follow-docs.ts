/** `pnpm docs:follow`: copies the blocks of the documentation in order, as a reader with an empty folder would. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

import { packages } from "./build/packages.ts";
import { buildSteps } from "./build/steps.ts";
import { packOf, packSteps } from "./check-packages/pack.ts";
import { follow, type Reader } from "./docs/follow.ts";
import { openRegistry, type Registry } from "./docs/registry.ts";
import { engineSteps } from "./engines/steps.ts";
import { runSteps, type Step } from "./progress.ts";

const HELP = `Usage: npx pnpm@12 docs:follow [page...] [--help]

Copies the blocks of each page in order into a shell with an empty home, against packages as they would be published,
served by a registry on this machine. Without pages: those that begin from an empty folder.`;

const TERRAFORM = "docs/getting-started-terraform.md";
const PAGES = [
  "README.md",
  TERRAFORM,
  "docs/getting-started-cdktf.md",
  "docs/getting-started-pulumi.md",
  "docs/getting-started-typescript.md",
];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-docs-"));
  let registry: Registry | undefined;
  const open: Step = {
    title: "registry",
    run: async () => {
      registry = await openRegistry(packages().map((each) => packOf(each, scratch)));
    },
  };
  const read = (page: string, tofu: boolean): Step => ({
    title: tofu ? `${page}, with OpenTofu` : page,
    run: async (report) => {
      const own = join(scratch, basename(page, ".md") + (tofu ? "-tofu" : ""));
      mkdirSync(own);
      const reader: Reader = { page, tofu, registry: registry?.url ?? "", scratch: own };
      return `${await follow(reader, report)} blocks`;
    },
  });
  const pages = positionals.length > 0 ? positionals : PAGES;
  try {
    await runSteps([...buildSteps(), ...engineSteps(), ...packSteps(packages(), scratch), open]);
    await runSteps(
      pages.flatMap((page) => [read(page, false), ...(page === TERRAFORM ? [read(page, true)] : [])]),
      { keepGoing: true },
    );
  } finally {
    registry?.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
