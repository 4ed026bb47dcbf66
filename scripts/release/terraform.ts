import { buildSteps } from "../build/steps.ts";
import { runSteps } from "../progress.ts";
import { releaseSteps } from "./steps.ts";

export const TERRAFORM_HELP = `
Writes the Terraform provider as registries want it, the files of one release, into DIR:

  terraform-provider-auditgate_VERSION_OS_ARCH.zip    the provider: the same bytes for every platform
  terraform-provider-auditgate_VERSION_manifest.json  the protocol it speaks
  terraform-provider-auditgate_VERSION_SHA256SUMS     of all of these
  terraform-provider-auditgate_VERSION_SHA256SUMS.sig its signature

VERSION is that of the npm packages, which all have the same. The same sources make the same bytes, up to the signature.

Environment: AUDITGATE_GPG_PRIVATE_KEY  the key to sign with, as \`gpg --armor --export-secret-keys\` prints it; without
                                        it nothing is signed, and no registry takes the release
             AUDITGATE_GPG_PASSPHRASE   of that key, if it has one`;

/** Writes what a registry of Terraform or OpenTofu providers serves. */
export async function releaseTerraform({ out }: { readonly out: string }): Promise<void> {
  await runSteps([...buildSteps({ folders: ["terraform-provider"] }), ...releaseSteps(out)]);
  if (!process.env["AUDITGATE_GPG_PRIVATE_KEY"])
    console.error(
      "\nNOT SIGNED: AUDITGATE_GPG_PRIVATE_KEY is not set. Registries refuse a release without a signature.",
    );
}
