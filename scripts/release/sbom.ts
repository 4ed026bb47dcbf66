import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { packages } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { runSteps } from "../progress.ts";
import { type Bill, withBundled } from "./bill.ts";
import { billsOf } from "./bills.ts";
import { licensedIn, licenceTable } from "./licences.ts";

export const SBOM_HELP = `
Writes, into DIR:

  sbom-PACKAGE.cdx.json  for each package, what it installs and what is bundled in it, as CycloneDX
  LICENCES.md            all of that in one table, with the licences

Fails where something states no licence.`;

/** Writes what each package brings along, and under which licences. */
export async function releaseSbom({ out }: { readonly out: string }): Promise<void> {
  const bills = new Map<string, Bill>();
  await runSteps([
    ...buildSteps(),
    {
      title: "bills of materials",
      run: async () => {
        mkdirSync(out, { recursive: true });
        for (const [name, bill] of await billsOf(packages())) {
          const folder = packages().find((each) => each.name === name)?.folder ?? "";
          bills.set(name, withBundled(bill, folder));
          writeFileSync(
            join(out, `sbom-${basename(folder)}.cdx.json`),
            `${JSON.stringify(bills.get(name), null, 2)}\n`,
          );
        }
      },
    },
    {
      title: "licences",
      run: async () => {
        const licensed = licensedIn(bills);
        writeFileSync(join(out, "LICENCES.md"), licenceTable(licensed));
        return `${licensed.length} packages of others`;
      },
    },
  ]);
}
