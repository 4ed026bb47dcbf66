import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { RUNTIME_LICENCE } from "../../packages/terraform-provider/src/standalone/notices.ts";
import {
  MUSL_RUNTIMES,
  RUNTIME_VERSION,
  RUNTIMES,
} from "../../packages/terraform-provider/src/standalone/runtimes.ts";
import { packages } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { runSteps } from "../progress.ts";
import { type Bill, withBundled, withRuntimes } from "./bill.ts";
import { billsOf } from "./bills.ts";
import { licensedIn, licenceTable } from "./licences.ts";

export const SBOM_HELP = `
Writes, into DIR:

  sbom-PACKAGE.cdx.json  for each package, what it installs and what is bundled in it, as CycloneDX; for the provider's
                         executables, also the runtimes
  LICENCES.md            all of that in one table, with the licences

Fails where something states no licence.`;

const PROVIDER = "@auditgate/terraform-provider";

function runtimes() {
  const version = RUNTIME_VERSION;
  return [RUNTIMES, MUSL_RUNTIMES]
    .flatMap((runtimes) => Object.values(runtimes))
    .map(({ package: name }) => ({ name, version, licence: RUNTIME_LICENCE }));
}

/** Writes what each package brings along, and under which licences. */
export async function releaseSbom({ out }: { readonly out: string }): Promise<void> {
  const bills = new Map<string, Bill>();
  const write = (name: string, file: string, bill: Bill) => {
    bills.set(name, bill);
    writeFileSync(join(out, `sbom-${file}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`);
  };
  await runSteps([
    ...buildSteps(),
    {
      title: "bills of materials",
      run: async () => {
        mkdirSync(out, { recursive: true });
        for (const [name, bill] of await billsOf(packages())) {
          const folder = packages().find((each) => each.name === name)?.folder ?? "";
          write(name, basename(folder), withBundled(bill, folder));
        }
        const provider = bills.get(PROVIDER);
        if (!provider) throw new Error(`there is no bill of ${PROVIDER}`);
        write(
          `${PROVIDER} --standalone`,
          "terraform-provider-standalone",
          withRuntimes(provider, runtimes()),
        );
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
