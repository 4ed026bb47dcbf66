import { standalonePlatforms } from "../../packages/terraform-provider/src/standalone/standalone.ts";
import { buildSteps } from "../build/steps.ts";
import { runSteps } from "../progress.ts";
import { releaseSteps } from "./steps.ts";

export const TERRAFORM_HELP = `
Writes the Terraform provider as registries want it, the files of one release, into DIR:

  terraform-provider-auditgate_VERSION_OS_ARCH.zip    the provider: one executable that needs no Node.js
  terraform-provider-auditgate_VERSION_manifest.json  the protocol it speaks
  terraform-provider-auditgate_VERSION_SHA256SUMS     of all of these
  terraform-provider-auditgate_VERSION_SHA256SUMS.sig its signature
  mirror                                              the same zips as a filesystem mirror, for both engines

VERSION is that of the npm packages, which all have the same. The same sources make the same bytes, up to the signature.
The runtimes in the executables (Bun) are fetched with npm, by version and integrity: some 300 MB the first time.

Environment: AUDITGATE_GPG_PRIVATE_KEY  the key to sign with, as \`gpg --armor --export-secret-keys\` prints it; without
                                        it nothing is signed, and no registry takes the release
             AUDITGATE_GPG_PASSPHRASE   of that key, if it has one`;

/** Writes what a registry of Terraform or OpenTofu providers serves. */
export async function releaseTerraform({
  out,
  platform = standalonePlatforms,
}: {
  readonly out: string;
  readonly platform?: readonly string[];
}): Promise<void> {
  await runSteps([...buildSteps({ folders: ["terraform-provider"] }), ...releaseSteps(out, platform)]);
  if (!process.env["AUDITGATE_GPG_PRIVATE_KEY"])
    console.error(
      "\nNOT SIGNED: AUDITGATE_GPG_PRIVATE_KEY is not set. Registries refuse a release without a signature.",
    );
}
