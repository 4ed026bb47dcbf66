import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AuditError } from "../errors.ts";
import { parseJson } from "./files/json-text.ts";
import { mappingOf } from "./files/tree.ts";
import { readClouds } from "./clouds-yaml.ts";
import { type Environment, entryLayer, type Found, type Layer, pick, type SettingName } from "./layer.ts";

/** One entry of a configuration file, under the names that settings have here. */
export interface ProfileEntry {
  readonly name: string;
  readonly values: { readonly [name in SettingName]?: unknown };
}

/** Entries of one file, and the one that is meant where no name is given. */
export interface ProfileFile {
  readonly path: string;
  readonly entries: readonly ProfileEntry[];
  readonly current: string | undefined;
}

/**
 * The profile that the layers above ask for, or the current one: in the shared configuration file (of the hcloud
 * command line, or the SDKs' INI file), then in `clouds.yaml` with `secure.yaml`.
 *
 * @throws {AuditError} `ERR_CONFIG` where a profile is asked for that no file has, or a file cannot be read.
 */
export async function profileLayer(
  layers: readonly Layer[],
  env: Environment,
  folder: string,
): Promise<Layer | undefined> {
  const name = pick(layers, "profile");
  const files = [
    ...(await sharedFiles(pick(layers, "sharedConfigFile"), env)),
    ...(await readClouds(env, folder)),
  ];
  for (const { path, entries, current } of files) {
    const entry = entries.find((candidate) => candidate.name === (name?.value ?? current));
    if (entry) return entryLayer(entry.values, `profile "${entry.name}" in ${path}`);
  }
  if (!name) return undefined;
  const known = files.flatMap(({ path, entries }) => entries.map((entry) => `"${entry.name}" (${path})`));
  throw new AuditError(
    "ERR_CONFIG",
    `${name.origin} asks for the profile "${name.value}", which no file has; ${known.length > 0 ? `there are ${known.join(", ")}` : "no configuration file was found"}.`,
    { argument: "profile" },
  );
}

async function sharedFiles(named: Found | undefined, env: Environment): Promise<readonly ProfileFile[]> {
  const home = env["HOME"] ?? env["USERPROFILE"];
  const usual = home ? [join(home, ".hcloud", "config.json"), join(home, ".huaweicloud", "credentials")] : [];
  const files: ProfileFile[] = [];
  for (const path of named ? [expandHome(named.value, home)] : usual) {
    const text = tryReadFile(path);
    if (text !== undefined)
      files.push(text.trimStart().startsWith("{") ? parseHcloud(path, text) : await parseIni(path, text));
    else if (named)
      throw new AuditError(
        "ERR_CONFIG",
        `${named.origin} names a file that cannot be read: ${named.value}.`,
        { argument: "sharedConfigFile" },
      );
  }
  return files;
}

/** Text of a file, or undefined where there is none that can be read. */
export function tryReadFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function expandHome(path: string, home: string | undefined): string {
  return home && path.startsWith("~/") ? join(home, path.slice(2)) : path;
}

// The file of the hcloud command line: { current, profiles: [{ name, accessKeyId, … }] }.
function parseHcloud(path: string, text: string): ProfileFile {
  const file = mappingOf(parseJson(path, text));
  const profiles = (Array.isArray(file["profiles"]) ? file["profiles"] : []) as readonly {
    readonly [key: string]: unknown;
  }[];
  return {
    path,
    current: typeof file["current"] === "string" ? file["current"] : undefined,
    entries: profiles.map((profile) => ({
      name: String(profile["name"]),
      values: {
        region: profile["region"],
        projectId: profile["projectId"],
        domainId: profile["domainId"],
        accessKey: profile["accessKeyId"],
        secretKey: profile["secretAccessKey"],
        securityToken: profile["securityToken"],
        "assumeRole.agencyName": profile["agencyName"],
        "assumeRole.domainId": profile["agencyDomainId"],
        "assumeRole.domainName": profile["agencyDomainName"],
      },
    })),
  };
}

// The SDKs' file: sections [basic] and [global], or any other name that a profile asks for.
async function parseIni(path: string, text: string): Promise<ProfileFile> {
  const { parse } = await import("ini");
  const sections = Object.entries(parse(text)).filter(([, values]) => typeof values === "object");
  return {
    path,
    current: ["basic", "global"].find((name) => sections.some(([section]) => section === name)),
    entries: sections.map(([name, section]) => {
      const values = section as { readonly [key: string]: unknown };
      return {
        name,
        values: {
          region: values["region"],
          projectId: values["project_id"],
          domainId: values["domain_id"],
          accessKey: values["ak"],
          secretKey: values["sk"],
          securityToken: values["security_token"],
          "endpoints.iam": values["iam_endpoint"],
        },
      };
    }),
  };
}
