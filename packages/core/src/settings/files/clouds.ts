import type { Environment } from "../layer.ts";
import { type CloudFile, findCloudFile } from "./cloud-files.ts";
import { cloudValues } from "./cloud-entry.ts";
import { expandHome, type ProfileFile, type ProfileValues } from "./profile-file.ts";
import { isMapping, type Mapping, mappingOf, memberOf } from "./tree.ts";
import { VENDOR_PROFILES } from "./vendor-profiles.ts";

/**
 * `clouds.yaml` with `secure.yaml` and `clouds-public.yaml`, each searched for on its own. A file with one cloud means
 * that one where no name is given.
 */
export async function readClouds(env: Environment, folder: string): Promise<ProfileFile | undefined> {
  const config = await findCloudFile("clouds", "OS_CLIENT_CONFIG_FILE", env, folder);
  const secure = await findCloudFile("secure", "OS_CLIENT_SECURE_FILE", env, folder);
  const path = config?.path ?? secure?.path;
  if (path === undefined) return undefined;
  const clouds = merge(cloudsOf(config), cloudsOf(secure));
  const names = Object.keys(clouds);
  const wantsVendor = names.some((name) => profileOf(mappingOf(clouds[name])) !== undefined);
  const vendors = wantsVendor ? await findCloudFile("clouds-public", undefined, env, folder) : undefined;
  const files = [config, secure, vendors].filter((file) => file !== undefined);
  return {
    path,
    owner: "openstack",
    current: names.length === 1 ? names[0] : undefined,
    note: names.length > 1 ? `${path} has several clouds: name one of them (OS_CLOUD)` : undefined,
    entries: names.map((name) => {
      const cloud = mappingOf(clouds[name]);
      return {
        name,
        values(region) {
          const label = `cloud "${name}" in ${path}`;
          const values = cloudValues(cloud, vendorOf(cloud, vendors), region, label);
          const { cacertFile } = values;
          return typeof cacertFile === "string"
            ? { ...values, cacertFile: expandHome(cacertFile, env) }
            : values;
        },
        isMixed: isMixed(files),
      };
    }),
  };
}

/**
 * What is left of an entry that nobody named: where a file of the working folder was joined with one from elsewhere,
 * none may say where the other's password is sent, and whom to trust with it.
 */
export function withoutTrust(values: ProfileValues): ProfileValues {
  return { ...values, authUrl: undefined, cacertFile: undefined, insecure: undefined };
}

function isMixed(files: readonly CloudFile[]): boolean {
  return new Set(files.map(({ inWorkingFolder }) => inWorkingFolder)).size > 1;
}

function cloudsOf(file: CloudFile | undefined): Mapping {
  return mappingOf(memberOf(file?.content, "clouds"));
}

function profileOf(cloud: Mapping): string | undefined {
  const profile = memberOf(cloud, "profile") ?? memberOf(cloud, "cloud");
  return typeof profile === "string" && profile !== "" ? profile : undefined;
}

function vendorOf(cloud: Mapping, file: CloudFile | undefined): Mapping {
  const name = profileOf(cloud);
  if (name === undefined) return {};
  const own = memberOf(memberOf(file?.content, "public-clouds"), name);
  return isMapping(own) ? own : (VENDOR_PROFILES.get(name) ?? {});
}

/** `added` over `old`, mappings joined. An alias can make a file endless; nothing that counts is deeper than this. */
function merge(old: Mapping, added: Mapping, depth = 0): Mapping {
  const joined = Object.entries(added).map(([key, value]) => {
    const known = memberOf(old, key);
    return [key, depth < 8 && isMapping(known) && isMapping(value) ? merge(known, value, depth + 1) : value];
  });
  return { ...old, ...Object.fromEntries(joined) };
}
