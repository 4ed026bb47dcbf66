/** `pnpm release:sbom`: what each package brings along, and under which licences. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

import { packages } from "./build/packages.ts";
import { buildSteps } from "./build/steps.ts";
import { runSteps } from "./progress.ts";
import { type Bill, withBundled } from "./release/bill.ts";
import { billsOf } from "./release/bills.ts";
import { licensedIn, licenceTable } from "./release/licences.ts";

const HELP = `Usage: npx pnpm@12 release:sbom [--out DIR] [--help]

Writes, into DIR (else dist-release):

  sbom-PACKAGE.cdx.json  for each package, what it installs and what is bundled in it, as CycloneDX
  LICENCES.md            all of that in one table, with the licences

Fails where something states no licence.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: "string", default: "dist-release" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { out } = values;
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

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
