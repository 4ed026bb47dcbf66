import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AuditError } from "../../../packages/core/src/errors.ts";
import { readClouds } from "../../../packages/core/src/settings/files/clouds.ts";
import { parseIni } from "../../../packages/core/src/settings/files/ini-text.ts";
import { proxiesOf } from "../../../packages/core/src/settings/proxy.ts";
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
  const variables = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replace("ROOT", root)]),
  );
  const file = await readClouds({ HOME: home, ...variables }, work);
  const name = variables["OS_CLOUD"] ?? file?.current;
  const entry = file?.entries.find((candidate) => candidate.name === name);
  if (!entry) return { error: "no such cloud" };
  const { insecure, cacertFile, ...values } = entry.values(region || undefined);
  const verify = insecure === true || insecure === "true" ? false : (cacertFile ?? true);
  return {
    project_id: values.projectId ?? null,
    project_name: values.projectName ?? null,
    user_domain_id: values.domainId ?? null,
    user_domain_name: values.domainName ?? null,
    project_domain_id: values.projectDomainId ?? null,
    project_domain_name: values.projectDomainName ?? null,
    username: values.userName ?? null,
    user_id: values.userId ?? null,
    password: values.password ?? null,
    token: values.token ?? null,
    passcode: values.passcode ?? null,
    auth_url: values.authUrl ?? null,
    scoped: Boolean(values.projectId ?? values.projectName),
    region_name: region || (values.region ?? null),
    verify: typeof verify === "string" ? verify.replace(root, "ROOT") : verify,
  };
}
