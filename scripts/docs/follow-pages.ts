import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { packages } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { packOf, packSteps } from "../check/packages/pack.ts";
import { follow, type Reader } from "./follow.ts";
import { openRegistry, type Registry } from "./registry.ts";
import { engineSteps } from "../engines/steps.ts";
import { runSteps, type Step } from "../progress.ts";

export const FOLLOW_HELP = `
Copies the blocks of each page in order into a shell with an empty home, against packages as they would be published,
served by a registry on this machine. Without pages: those that begin from an empty folder.`;

const TERRAFORM = "docs/getting-started-terraform.md";
const PAGES = [
  "README.md",
  "docs/getting-started-cli.md",
  TERRAFORM,
  "docs/getting-started-cdktf.md",
  "docs/getting-started-pulumi.md",
  "docs/getting-started-pulumi-yaml.md",
  "docs/getting-started-pulumi-python.md",
  "docs/getting-started-typescript.md",
  "docs/fleet.md",
];

/** Copies the blocks of the documentation in order, as a reader with an empty folder would. */
export async function followPages(named: readonly string[]): Promise<void> {
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
  const pages = named.length > 0 ? named : PAGES;
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
