import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engine.ts";

/** What engines read of a user's home beside a file that is named to them, the first that there is. */
const RC_FILES: { readonly [Name in Engine]: readonly string[] } = {
  terraform: [".terraformrc"],
  tofu: [".tofurc", ".terraformrc"],
};

/**
 * The CLI configuration that keeps an engine from looking into `terraform.d/plugins`: one that says itself where
 * providers are installed from, and names neither that folder nor this provider.
 *
 * @param source - The provider's source address.
 * @returns Path of the file; undefined where there is none.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#explicit-installation-method-configuration
 */
export function hidingConfiguration(
  engine: Engine,
  source: string,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return configurations(engine, env).find((file) => {
    const text = withoutComments(readFileSync(file, "utf8"));
    return (
      /\bprovider_installation\b/.test(text) && !/terraform\.d\/plugins/.test(text) && !names(text, source)
    );
  });
}

function configurations(engine: Engine, env: NodeJS.ProcessEnv): readonly string[] {
  const named = env["TF_CLI_CONFIG_FILE"] ?? env["TERRAFORM_CONFIG"] ?? "";
  if (named !== "") return existsSync(named) ? [named] : [];
  const home = env["HOME"] ?? "";
  if (home === "") return [];
  const file = RC_FILES[engine].map((name) => join(home, name)).find((path) => existsSync(path));
  const folder = join(home, ".terraform.d");
  const others = globSync("*.{tfrc,tfrc.json}", { cwd: folder }).map((name) => join(folder, name));
  return [...(file === undefined ? [] : [file]), ...others];
}

/** True where a mirror or an override is for this provider by its name. */
function names(text: string, source: string): boolean {
  const included = text.replaceAll(/\bexclude\b"?\s*[=:]\s*\[[^\][]*\]/g, "");
  return included.includes(source);
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*(?:#|\/\/).*$/gm, "");
}
