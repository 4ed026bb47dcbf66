import { join } from "node:path";
import { AuditError } from "../../errors.ts";
import type { Environment, Found } from "../layer.ts";
import { parseIni } from "./ini-text.ts";
import { parseJson } from "./json-text.ts";
import { expandHome, homeOf, type ProfileFile, type ProfileValues, tryReadFile } from "./profile-file.ts";
import { mappingOf, memberOf, type Tree } from "./tree.ts";

/**
 * The shared configuration files: the one that is named, else that of the hcloud command line (JSON) and that of the
 * SDKs (INI) in the home folder.
 *
 * @throws {AuditError} `ERR_CONFIG` for one that is named and not there, and for one that is malformed.
 */
export function readSharedFiles(named: Found | undefined, env: Environment): readonly ProfileFile[] {
  const home = homeOf(env);
  const usual = home ? [join(home, ".hcloud", "config.json"), join(home, ".huaweicloud", "credentials")] : [];
  return (named ? [expandHome(named.value, env)] : usual).flatMap((path) => {
    const text = tryReadFile(path);
    if (text !== undefined)
      return [text.trimStart().startsWith("{") ? readHcloud(path, text) : readIni(path, text)];
    if (!named) return [];
    throw new AuditError("ERR_CONFIG", `${named.origin} names a file that cannot be read: ${named.value}.`, {
      argument: "sharedConfigFile",
    });
  });
}

// { current, profiles: [{ name, accessKeyId, … }] }
function readHcloud(path: string, text: string): ProfileFile {
  const file = parseJson(path, text);
  const profiles = memberOf(file, "profiles");
  const current = memberOf(file, "current");
  return {
    path,
    owner: "huawei",
    current: typeof current === "string" ? current : undefined,
    entries: (Array.isArray(profiles) ? (profiles as readonly Tree[]) : []).map((given) => {
      const profile = mappingOf(given);
      const text = (key: string) => scalarOf(memberOf(profile, key));
      const values: ProfileValues = {
        region: text("region"),
        projectId: text("projectId"),
        domainId: text("domainId"),
        accessKey: text("accessKeyId"),
        secretKey: text("secretAccessKey"),
        securityToken: text("securityToken"),
        "assumeRole.agencyName": text("agencyName"),
        "assumeRole.domainId": text("agencyDomainId"),
        "assumeRole.domainName": text("agencyDomainName"),
      };
      return { name: String(text("name") ?? ""), values: () => values };
    }),
  };
}

// Sections [basic] and [global], or any other name that a profile asks for.
function readIni(path: string, text: string): ProfileFile {
  const sections = parseIni(path, text);
  return {
    path,
    owner: "huawei",
    current: ["basic", "global"].find((name) => sections.has(name)),
    entries: [...sections].map(([name, keys]) => {
      const values: ProfileValues = {
        region: keys.get("region"),
        projectId: keys.get("project_id"),
        domainId: keys.get("domain_id"),
        accessKey: keys.get("ak"),
        secretKey: keys.get("sk"),
        securityToken: keys.get("security_token"),
        idpId: keys.get("idp_id"),
        idTokenFile: keys.get("id_token_file"),
        "endpoints.iam": keys.get("iam_endpoint"),
      };
      return { name, values: () => values };
    }),
  };
}

function scalarOf(value: Tree): string | undefined {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}
