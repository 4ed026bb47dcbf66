import { existsSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

/** An engine, by the name of its program. */
export type Engine = "terraform" | "tofu";

/** Where each engine looks for a provider whose source names no host. */
export const ENGINE_HOSTS: { readonly [Name in Engine]: string } = {
  terraform: "registry.terraform.io",
  tofu: "registry.opentofu.org",
};

/**
 * The engine that a configuration is for: the one that wrote its lock file, else the one that CDKTF is told to run,
 * else the one that is there. A lock file may name only what the engine needs, or `init` changes it and says so.
 */
export function guessEngine(lockFile: string | undefined, env: NodeJS.ProcessEnv): Engine {
  const wrote = (engine: Engine) => lockFile?.includes(`provider "${ENGINE_HOSTS[engine]}/`) ?? false;
  if (wrote("terraform") !== wrote("tofu")) return wrote("tofu") ? "tofu" : "terraform";
  const told = basename(env["TERRAFORM_BINARY_NAME"] ?? "");
  if (told !== "") return told.startsWith("tofu") ? "tofu" : "terraform";
  const isThere = (engine: Engine) =>
    (env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, engine)));
  return isThere("tofu") && !isThere("terraform") ? "tofu" : "terraform";
}
