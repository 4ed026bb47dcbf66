import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Package, root } from "../build/packages.ts";
import { PNPM, succeed } from "../command.ts";
import { type Bill, fullName } from "./bill.ts";

/** What pnpm knows of each package: all that is installed with it. By name. */
export async function billsOf(packages: readonly Package[]): Promise<ReadonlyMap<string, Bill>> {
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-sbom-"));
  const filters = packages.map(({ name }) => `--filter=${name}`);
  const format = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6", "--prod", "--exclude-peers"];
  const [command, ...args] = PNPM;
  try {
    const out = ["--split", "--out", join(scratch, "%s.json")];
    await succeed(command, [...args, ...filters, "sbom", ...format, ...out], { cwd: root });
    const bills = globSync(join(scratch, "*.json")).map(
      (file) => JSON.parse(readFileSync(file, "utf8")) as Bill,
    );
    return new Map(
      packages.map(({ name }) => {
        const bill = bills.find((each) => fullName(each.metadata.component) === name);
        if (!bill) throw new Error(`pnpm made no bill of materials of ${name}`);
        return [name, bill];
      }),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
