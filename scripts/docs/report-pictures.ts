import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { startEmulator } from "@auditgate/emulator";
import { chromium } from "playwright-core";

import { locateBrowser } from "../browser/locate.ts";
import { root } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { runSteps } from "../progress.ts";

const run = promisify(execFile);

const POLICY = `version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], within: 7d, maxAge: 24h, maxFailures: 0 }
ddsAuditLogs:
  - { instanceIds: ["*"], nodeIds: ["*"], within: 3d, maxGap: 6h }
dwsParameterModificationRecords:
  - { clusterIds: ["*"], within: 14d, noPending: true, maxFailed: 0 }
`;
/** Of the pictures: as wide as a page of a code host. */
const VIEWPORT = { width: 1000, height: 1400 };

/** Draws the report of the emulator's sample, in light and dark, for the pages that show it. */
export async function drawReport(): Promise<void> {
  await runSteps(buildSteps({ folders: ["cli"] }));
  const folder = mkdtempSync(join(tmpdir(), "auditgate-pictures-"));
  const emulator = await startEmulator();
  const { executablePath, args, env } = locateBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args], env });
  try {
    writeFileSync(join(folder, "policy.yaml"), POLICY);
    const main = join(root, "packages/cli/dist/main.cjs");
    const report = [main, "report", "policy.yaml", "--output", "report.html", "--quiet"];
    // The gate is closed: a report of what is wrong is what the pictures are about.
    await run(process.execPath, report, { cwd: folder, env: { ...process.env, ...emulator.env } }).catch(
      (error: { readonly code?: unknown }) => {
        if (error.code !== 1) throw error;
      },
    );
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ colorScheme, viewport: VIEWPORT });
      await page.goto(`file://${join(folder, "report.html")}`);
      await page.screenshot({ path: join(root, `docs/report-${colorScheme}.png`) });
    }
  } finally {
    await Promise.all([browser.close(), emulator.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
