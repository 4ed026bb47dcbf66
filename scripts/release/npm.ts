import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { packages, root } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { lintSteps } from "../check/packages/lint.ts";
import { packSteps } from "../check/packages/pack.ts";
import { succeed } from "../command.ts";
import { runSteps } from "../progress.ts";
import { publishSteps, readinessSteps } from "./publish.ts";
import { commonVersion } from "./version.ts";

export const NPM_HELP = `
Builds all packages anew, packs them, checks the packs, and publishes them with provenance: a statement, signed by the CI
service, of the commit and the workflow that made them. Run it in CI, on a commit whose .ci/run was green.

Without a token it is a dry run: everything but the publishing itself.

Environment: NODE_AUTH_TOKEN                 a token of the npm registry
             ACTIONS_ID_TOKEN_REQUEST_URL    set by GitHub Actions for jobs with the permission id-token: write, from which
                                             provenance is signed; a registry that trusts the workflow needs no token`;

/** Publishes all packages to the npm registry, from CI. */
export async function releaseNpm(): Promise<void> {
  const dryRun = !process.env["NODE_AUTH_TOKEN"] && !process.env["ACTIONS_ID_TOKEN_REQUEST_URL"];
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-release-"));
  const all = packages();
  try {
    await runSteps([
      ...readinessSteps(all, { dryRun, scratch }),
      ...buildSteps({ force: true }),
      {
        title: "API reports and changesets",
        run: async () => {
          await succeed(process.execPath, ["scripts/check/api.ts"], { cwd: root });
        },
      },
      ...packSteps(all, scratch),
      ...all.flatMap((each) => lintSteps(each, scratch)),
      ...publishSteps(all, { dryRun, scratch }),
    ]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const version = commonVersion();
  if (dryRun)
    console.error(`\nNOT PUBLISHED: there is no NODE_AUTH_TOKEN, so this was a dry run of ${version}.`);
  else console.log(`\n${version} is published. Tag it: git tag v${version} && git push origin v${version}`);
}
