import { join } from "node:path";
import { AuditError } from "../../errors.ts";
import type { Environment } from "../layer.ts";
import { parseJson } from "./json-text.ts";
import { homeOf, tryReadFile } from "./profile-file.ts";
import { fileError, isMapping, type Mapping } from "./tree.ts";
import { parseYaml } from "./yaml-text.ts";

/** One file that was found, and whether it lies in the working folder, where a change under review can put it. */
export interface CloudFile {
  readonly path: string;
  readonly content: Mapping;
  readonly inWorkingFolder: boolean;
}

/**
 * The first `name.yaml`, `.yml` or `.json` of the folders that openstacksdk searches, or the one that `variable` names.
 *
 * @throws {AuditError} `ERR_CONFIG` where the one that is named is not there, or the file cannot be understood.
 * @see https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 */
export async function findCloudFile(
  name: "clouds" | "secure" | "clouds-public",
  variable: "OS_CLIENT_CONFIG_FILE" | "OS_CLIENT_SECURE_FILE" | undefined,
  env: Environment,
  folder: string,
): Promise<CloudFile | undefined> {
  const named = variable && env[variable]?.trim();
  if (named) {
    const text = tryReadFile(named);
    if (text === undefined)
      throw new AuditError("ERR_CONFIG", `${variable} names a file that cannot be read: ${named}.`);
    return await understand(named, text, false);
  }
  for (const [index, each] of [folder, ...foldersOf(env)].entries()) {
    for (const suffix of [".yaml", ".yml", ".json"]) {
      const path = join(each, name + suffix);
      const text = tryReadFile(path);
      if (text !== undefined) return await understand(path, text, index === 0);
    }
  }
  return undefined;
}

async function understand(path: string, text: string, inWorkingFolder: boolean): Promise<CloudFile> {
  const content = path.endsWith("json") ? parseJson(path, text) : await parseYaml(path, text);
  if (content === null || content === undefined) return { path, content: {}, inWorkingFolder };
  if (!isMapping(content)) throw fileError(path, "is no mapping with `clouds` in it");
  return { path, content, inWorkingFolder };
}

function foldersOf(env: Environment): readonly string[] {
  const home = homeOf(env);
  const snap = env["SNAP_REAL_HOME"] || home;
  return [
    ...personal(env, home),
    ...(snap ? [join(snap, ".config", "openstack")] : []),
    ...common(env),
    "/etc/openstack",
  ];
}

// As Python's platformdirs has it, which openstacksdk asks.
function personal(env: Environment, home: string | undefined): readonly string[] {
  if (process.platform === "win32")
    return env["LOCALAPPDATA"] ? [join(env["LOCALAPPDATA"], "OpenStack", "openstack")] : [];
  const xdg = env["XDG_CONFIG_HOME"]?.trim();
  if (xdg) return [join(xdg, "openstack")];
  if (!home) return [];
  return process.platform === "darwin" ? [join(home, "Library", "Application Support", "openstack")] : [];
}

function common(env: Environment): readonly string[] {
  switch (process.platform) {
    case "win32":
      return env["ProgramData"] ? [join(env["ProgramData"], "OpenStack", "openstack")] : [];
    case "darwin":
      return ["/Library/Application Support/openstack"];
    default:
      return (env["XDG_CONFIG_DIRS"]?.trim() || "/etc/xdg").split(":").map((each) => join(each, "openstack"));
  }
}
