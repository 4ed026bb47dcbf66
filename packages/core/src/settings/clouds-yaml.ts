import { dirname, join } from "node:path";
import { mappingOf, memberOf } from "./files/tree.ts";
import { parseYaml } from "./files/yaml-text.ts";
import type { Environment } from "./layer.ts";
import { type ProfileFile, tryReadFile } from "./profile.ts";

interface CloudEntry {
  readonly auth?: { readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/**
 * The first `clouds.yaml` of the working folder, `~/.config/openstack` and `/etc/openstack`, completed by the
 * `secure.yaml` beside it. A file with one cloud means that one where no name is given.
 *
 * @see https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 */
export async function readClouds(env: Environment, folder: string): Promise<readonly ProfileFile[]> {
  const home = env["HOME"] ?? env["USERPROFILE"];
  const folders = [folder, ...(home ? [join(home, ".config", "openstack")] : []), "/etc/openstack"];
  const candidates = env["OS_CLIENT_CONFIG_FILE"]
    ? [env["OS_CLIENT_CONFIG_FILE"]]
    : folders.map((each) => join(each, "clouds.yaml"));
  for (const path of candidates) {
    const text = tryReadFile(path);
    if (text === undefined) continue;
    const clouds = await parseClouds(path, text);
    const securePath = join(dirname(path), "secure.yaml");
    const secureText = tryReadFile(securePath);
    const secure = secureText === undefined ? {} : await parseClouds(securePath, secureText);
    const names = Object.keys(clouds);
    return [
      {
        path,
        current: names.length === 1 ? names[0] : undefined,
        entries: names.map((name) => ({ name, values: valuesOf(clouds[name] ?? {}, secure[name] ?? {}) })),
      },
    ];
  }
  return [];
}

async function parseClouds(path: string, text: string): Promise<{ readonly [name: string]: CloudEntry }> {
  return mappingOf(memberOf(await parseYaml(path, text), "clouds")) as {
    readonly [name: string]: CloudEntry;
  };
}

function valuesOf(cloud: CloudEntry, secure: CloudEntry): ProfileFile["entries"][number]["values"] {
  const auth: { readonly [key: string]: unknown } = { ...cloud.auth, ...secure.auth };
  const top: CloudEntry = { ...cloud, ...secure };
  return {
    region: top["region_name"],
    projectId: auth["project_id"] ?? auth["tenant_id"],
    projectName: auth["project_name"] ?? auth["tenant_name"],
    accessKey: auth["ak"] ?? auth["access_key"],
    secretKey: auth["sk"] ?? auth["secret_key"],
    securityToken: auth["security_token"],
    token: auth["token"],
    userName: auth["username"],
    userId: auth["user_id"],
    password: auth["password"],
    passcode: auth["passcode"],
    domainName: auth["user_domain_name"] ?? auth["project_domain_name"] ?? auth["domain_name"],
    domainId: auth["user_domain_id"] ?? auth["project_domain_id"] ?? auth["domain_id"],
    authUrl: auth["auth_url"],
    "assumeRole.agencyName": auth["agency_name"],
    "assumeRole.domainName": auth["agency_domain_name"],
    "assumeRole.delegatedProject": auth["delegated_project"],
    cacertFile: top["cacert"],
    insecure: top["verify"] === false ? true : top["insecure"],
  };
}
