import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AuditError } from "../../../packages/core/src/errors.ts";
import { completeness, resolveConfig } from "../../../packages/core/src/settings/config.ts";
import { parseIni } from "../../../packages/core/src/settings/files/ini-text.ts";
import { type SettingName, settingsLayer } from "../../../packages/core/src/settings/layer.ts";
import { proxiesOf } from "../../../packages/core/src/settings/proxy.ts";
import { allSources } from "../../../packages/core/src/settings/sources.ts";
import type { CloudCase } from "./cloud-cases.ts";
import type { IniCase } from "./ini-cases.ts";
import type { ProxyCase } from "./proxy-cases.ts";

/** What we make of a case, in the words of the reference; an error is `{ error }`. */
export async function ours(each: CloudCase | IniCase | ProxyCase, root: string): Promise<unknown> {
  try {
    if (!("kind" in each)) return proxy(each);
    return each.kind === "ini" ? sections(each) : await cloud(each, root);
  } catch (error) {
    if (AuditError.is(error)) return { error: error.message };
    throw error;
  }
}

function proxy({ Http, Https, No, Url }: ProxyCase): string | null {
  return proxiesOf({ HTTP_PROXY: Http, HTTPS_PROXY: Https, NO_PROXY: No })(Url)?.origin ?? null;
}

function sections({ text }: IniCase): unknown {
  return Object.fromEntries(
    [...parseIni("file", text)].map(([name, keys]) => [name, Object.fromEntries(keys)]),
  );
}

async function cloud({ files, env, region }: CloudCase, root: string): Promise<unknown> {
  const [home, work] = [join(root, "home"), join(root, "work")];
  for (const folder of [home, work]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const variables = {
    HOME: home,
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace("ROOT", root)])),
  };
  const program = settingsLayer(region === "" ? {} : { region }, (name) => `option ${name}`);
  const sources = await allSources([program], variables, work, completeness(undefined));
  const { signIn, used, ...config } = resolveConfig(sources, variables, undefined);
  if (!signIn || typeof signIn.credentials === "function") return { error: "no sign-in" };
  const valueOf = (...names: readonly SettingName[]) => used.find(({ name }) => names.includes(name))?.value;
  const verify = config.insecure ? false : (valueOf("cacertFile")?.replace(root, "ROOT") ?? true);
  return {
    ...credentialsOf(signIn.credentials),
    project: valueOf("projectId", "projectName") ?? null,
    is_id: config.projectId !== undefined,
    project_domain: valueIn(config.projectDomain),
    auth_url: valueOf("authUrl", "endpoints.iam") ?? null,
    region_name: config.region ?? null,
    verify,
    forgotten: config.forgotten !== undefined,
    // Whether all comes from files, of the working folder and of elsewhere, that nobody named.
    unnamed: sources.layers[signIn.parts[0]?.rank ?? 0]?.kind === "current profile",
  };
}

function credentialsOf(credentials: object): object {
  const given: { readonly [name: string]: string | undefined } = { ...credentials };
  if (given["token"] !== undefined) return { token: given["token"] };
  return {
    user: given["userId"] ?? given["userName"],
    user_domain: given["domainId"] ?? given["domainName"] ?? null,
    password: given["password"],
    passcode: given["passcode"] ?? null,
  };
}

function valueIn(domain: object | undefined): string | null {
  return (Object.values(domain ?? {}) as string[])[0] ?? null;
}
