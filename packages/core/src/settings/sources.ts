import { AuditError } from "../errors.ts";
import { readClouds, withoutTrust } from "./files/clouds.ts";
import type { ProfileEntry, ProfileFile } from "./files/profile-file.ts";
import { readSharedFiles } from "./files/shared-file.ts";
import {
  type Environment,
  environmentLayers,
  entryLayer,
  type Found,
  type Layer,
  type Owner,
  pick,
} from "./layer.ts";

/** Where settings can come from, the first wins, and what was left aside. */
export interface Sources {
  readonly layers: readonly Layer[];
  /** Facts that help where something is missing: `… has several clouds`. */
  readonly notes: readonly string[];
}

/** What is known already without a file. */
export interface Completeness {
  /** Whether sign-in, region and project are: then no profile that only the environment names is looked at. */
  isWhole(layers: readonly Layer[]): boolean;
  /** Whether there is enough to work with: then no profile is looked for that nobody names. */
  isEnough(layers: readonly Layer[]): boolean;
}

/**
 * All sources in order: the program, the profile that it names, `AUDITGATE_*`, the profile that `AUDITGATE_PROFILE`
 * names, the one of `HW_PROFILE`, `HW_*`, `HUAWEICLOUD_SDK_*`, the cloud of `OS_CLOUD`, `OS_*`, and the current profile
 * or only cloud of a file.
 *
 * @throws {AuditError} `ERR_CONFIG` where a profile is asked for that no file has, or a file cannot be understood.
 */
export async function allSources(
  program: readonly Layer[],
  env: Environment,
  folder: string,
  { isWhole, isEnough }: Completeness,
): Promise<Sources> {
  const [own, huawei, sdk, openstack] = environmentLayers(env);
  const files = profileFiles([...program, own, huawei, sdk], env, folder);
  const layers: Layer[] = [...program];
  const notes: string[] = [];
  const add = async (asked: Found | undefined, owner: Owner) => {
    if (!asked) return;
    if (owner !== "program" && isWhole(layers)) {
      notes.push(`${asked.origin} is not looked at: all that it could say is known without it`);
      return;
    }
    const searched = owner === "openstack" ? [files.clouds] : [files.shared, files.clouds];
    const { file, entry } = await named(asked, searched);
    layers.push(layerOf(file, entry, { kind: "named profile", owner }, layers));
  };
  await add(pick(program, ["profile"]), "program");
  layers.push(own);
  await add(own.find("profile"), "auditgate");
  await add(huawei.find("profile"), "huawei");
  layers.push(huawei, sdk);
  await add(cloudOf(openstack.find("profile"), env), "openstack");
  layers.push(openstack);
  if (!isEnough(layers)) {
    for (const file of [...(await files.shared()), ...(await files.clouds())]) {
      if (file.note) notes.push(file.note);
      const entry = file.entries.find(({ name }) => name === file.current);
      if (!entry) continue;
      layers.push(layerOf(file, entry, { kind: "current profile", owner: "huawei" }, layers));
      break;
    }
  }
  return { layers, notes };
}

type Files = () => Promise<readonly ProfileFile[]>;

// Each kind of file is read once, and not before it is asked for.
function profileFiles(layers: readonly Layer[], env: Environment, folder: string) {
  let shared: readonly ProfileFile[] | undefined;
  let clouds: Promise<ProfileFile | undefined> | undefined;
  return {
    shared: async () => (shared ??= readSharedFiles(pick(layers, ["sharedConfigFile"]), env)),
    clouds: async () => [(await (clouds ??= readClouds(env, folder))) ?? []].flat(),
  };
}

// `OS_CLOUD=envvars` is openstacksdk's name for the variables themselves.
function cloudOf(asked: Found | undefined, env: Environment): Found | undefined {
  return asked?.value === (env["OS_CLOUD_NAME"]?.trim() || "envvars") ? undefined : asked;
}

async function named(
  asked: Found,
  searched: readonly Files[],
): Promise<{ readonly file: ProfileFile; readonly entry: ProfileEntry }> {
  const known: string[] = [];
  for (const read of searched) {
    for (const file of await read()) {
      const entry = file.entries.find(({ name }) => name === asked.value);
      if (entry) return { file, entry };
      known.push(...file.entries.map(({ name }) => `"${name}" (${file.path})`));
    }
  }
  throw new AuditError(
    "ERR_CONFIG",
    `${asked.origin} asks for the profile "${asked.value}", which no file has; ${known.length > 0 ? `there are ${known.join(", ")}` : "no configuration file was found"}.`,
    { argument: "profile" },
  );
}

function layerOf(
  file: ProfileFile,
  entry: ProfileEntry,
  facts: Pick<Layer, "kind" | "owner">,
  above: readonly Layer[],
): Layer {
  const values = entry.values(pick(above, ["region"])?.value);
  const isTrusted = facts.kind === "named profile" || entry.isMixed !== true;
  const label = `profile "${entry.name}" in ${file.path}`;
  const owner = facts.kind === "current profile" ? file.owner : facts.owner;
  return entryLayer(isTrusted ? values : withoutTrust(values), { ...facts, owner, label });
}
