import { AuditError } from "../../errors.ts";
import type { ProfileValues } from "./profile-file.ts";
import { isMapping, type Mapping, mappingOf, memberOf, type Tree } from "./tree.ts";

/**
 * What openstacksdk makes of one cloud of `clouds.yaml`: the vendor's profile below the cloud's own values, and the
 * values of one region above them; keys beside `auth` and inside of it; older names of keys below newer ones.
 *
 * @param own - The cloud, `secure.yaml` merged into it.
 * @param vendor - The profile that it names, an empty mapping where it names none that is known.
 * @param wanted - Region that a source above names; else the cloud's first region counts.
 * @param label - Names the cloud in messages.
 * @see https://opendev.org/openstack/openstacksdk/src/branch/master/openstack/config/loader.py
 */
export function cloudValues(
  own: Mapping,
  vendor: Mapping,
  wanted: string | undefined,
  label: string,
): ProfileValues {
  const regions = regionsOf(withUnderscores(own), vendor, label);
  const region = regions.find(({ name }) => name === wanted) ?? regions[0];
  const joined = [vendor, own, region?.values ?? {}].reduce(update, {});
  const top = withUnderscores(joined);
  const auth = mappingOf(top["auth"]);
  // Keys that have older names: the last one counts, with dashes after underscores, one beside `auth` after one inside.
  const last = (...names: readonly string[]) =>
    names
      .flatMap((name) => [name, name.replaceAll("_", "-")])
      .flatMap((name) => [memberOf(joined["auth"], name), memberOf(joined, name)])
      .map(textOf)
      .findLast(Boolean);
  // All others: the one inside of `auth`.
  const first = (...names: readonly string[]) =>
    [auth, top].flatMap((place) => names.map((name) => textOf(memberOf(place, name)))).find(Boolean);
  const name = region?.name || undefined;
  const fill = (text: string | undefined) => text && filled(text, { ...top, region_name: wanted ?? name });
  return {
    region: name,
    projectId: last("tenant_id", "project_id"),
    projectName: last("tenant_name", "project_name"),
    projectDomainId: last("project_domain_id") ?? last("domain_id") ?? first("default_domain_id"),
    projectDomainName: last("project_domain_name") ?? last("domain_name") ?? first("default_domain_name"),
    domainId: last("user_domain_id") ?? last("domain_id") ?? first("default_domain_id"),
    domainName: last("user_domain_name") ?? last("domain_name") ?? first("default_domain_name"),
    accessKey: first("ak", "access_key"),
    secretKey: first("sk", "secret_key"),
    securityToken: first("security_token"),
    token: last("auth_token", "token"),
    userName: first("username", "user_name"),
    userId: first("user_id"),
    password: first("password"),
    passcode: last("passcode"),
    authUrl: fill(first("auth_url")),
    "assumeRole.agencyName": first("agency_name"),
    "assumeRole.domainName": first("agency_domain_name"),
    "assumeRole.domainId": first("agency_domain_id"),
    "assumeRole.delegatedProject": first("delegated_project"),
    cacertFile: fill(textOf(top["cacert"])),
    insecure: insecureOf(top, label),
  };
}

interface Region {
  readonly name: string;
  readonly values: Mapping;
}

function regionsOf(cloud: Mapping, vendor: Mapping, label: string): readonly Region[] {
  const [listed] = [cloud["regions"], cloud["region_name"], vendor["regions"], vendor["region_name"]].filter(
    (each) => each !== undefined && each !== null,
  );
  const regions = typeof listed === "string" ? listed.split(",") : Array.isArray(listed) ? listed : [];
  return regions.map((region: Tree) => {
    if (typeof region === "string") return { name: region.trim(), values: {} };
    const name = textOf(memberOf(region, "name"));
    if (name === undefined)
      throw new AuditError("ERR_CONFIG", `${label} has a region without a name in \`regions\`.`);
    return { name, values: mappingOf(memberOf(region, "values")) };
  });
}

/** `new` over `old`, their `auth` joined; nothing in place of a value leaves the value. */
function update(old: Mapping, added: Mapping): Mapping {
  const kept = Object.entries(added).filter(([, value]) => value !== null && value !== undefined);
  const merged = { ...old, ...Object.fromEntries(kept) };
  return isMapping(old["auth"]) && isMapping(added["auth"])
    ? { ...merged, auth: { ...old["auth"], ...added["auth"] } }
    : merged;
}

function withUnderscores(mapping: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [
      key.replaceAll("-", "_"),
      key === "auth" && isMapping(value) ? withUnderscores(value) : value,
    ]),
  );
}

function textOf(value: Tree): string | undefined {
  return typeof value === "string" ? value.trim() || undefined : undefined;
}

// `{region_name}`, and the older `%(region_name)s` that is still in people's files.
function filled(text: string, values: Mapping): string {
  return text.replace(/\{\{|\}\}|\{(\w*)\}|%\((\w+)\)s/g, (whole, name?: string, older?: string) => {
    if (whole === "{{" || whole === "}}") return whole.charAt(0);
    const key = name ?? older ?? "";
    // What is left as it is gets an error where it is needed, and stops nobody else.
    return (Object.hasOwn(values, key) ? textOf(values[key]) : undefined) ?? whole;
  });
}

function insecureOf(top: Mapping, label: string): string | boolean | undefined {
  const { verify, insecure } = top;
  if (insecure !== undefined && insecure !== null && insecure !== false) return insecure as string | boolean;
  if (verify === undefined || verify === null) return undefined;
  if (typeof verify === "boolean") return !verify;
  const value = typeof verify === "string" ? `"${verify}"` : "something else";
  throw new AuditError(
    "ERR_CONFIG",
    `verify of ${label} must be true or false, written without quotes, not ${value}.`,
    { argument: "insecure" },
  );
}
