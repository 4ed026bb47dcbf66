import { join } from "node:path";
import { placeProvider, providerPackage } from "@auditgate/terraform-provider/package";
import {
  type ISynthesisSession,
  type TerraformProvider,
  type TerraformProviderGeneratorMetadata,
  TerraformStack,
} from "cdktf";
import { onSynthesis } from "./custom-synthesis.ts";

const placed = new WeakMap<ISynthesisSession, Set<string>>();

/** Which provider the constructs belong to; the version is the one that is placed. */
export function generatorMetadata(): TerraformProviderGeneratorMetadata {
  const { version } = providerPackage;
  return { providerName: "auditgate", providerVersion: version, providerVersionConstraint: version };
}

/** Source address, which Terraform and OpenTofu complete with their registry's host. */
export function providerSource(): string {
  return providerPackage.source;
}

/**
 * Puts the provider and its lock entry into the folder of every stack that is synthesized with `provider` in it, so
 * that `terraform init` finds it there.
 *
 * The lock entry is what keeps `cdktf deploy` from running `terraform providers lock`, which asks a registry only.
 *
 * @param onSynthesize - What else to do then; annotations are collected afterwards.
 */
export function placeAtSynthesis(provider: TerraformProvider, onSynthesize: () => void): void {
  onSynthesis(provider, (session) => {
    placeOnce(session, session.manifest.forStack(TerraformStack.of(provider)).workingDirectory);
    onSynthesize();
  });
}

// A stack may have several instances of the provider, and needs its files once; stacks of one app share them.
function placeOnce(session: ISynthesisSession, folder: string): void {
  const folders = placed.get(session) ?? new Set();
  placed.set(session, folders);
  if (folders.has(folder)) return;
  const [first] = folders;
  folders.add(folder);
  placeProvider(join(session.outdir, folder), {
    constraint: providerPackage.version,
    like: first === undefined ? undefined : join(session.outdir, first),
  });
}
