import { createRandom } from "./random.ts";

/** Files and variables that decide on everything; `ROOT` stands for the folder that holds `home` and `work`. */
export interface CloudCase {
  readonly kind: "clouds";
  readonly files: { readonly [path: string]: string };
  readonly env: { readonly [name: string]: string };
  /** Region that the program names. */
  readonly region: string;
}

/** Keys of a cloud, each of which may stand inside of `auth` or beside it. */
export const KEYS = [
  "project_id",
  "project-id",
  "tenant_id",
  "project_name",
  "tenant_name",
  "user_domain_id",
  "user_domain_name",
  "user-domain-name",
  "project_domain_id",
  "project_domain_name",
  "domain_id",
  "domain_name",
  "username",
  "user_id",
  "password",
  "token",
  "auth_token",
  "passcode",
  "auth_url",
] as const;

/** Variables that may stand beside the files, whole sign-ins among them. */
export const VARIABLES = [
  "OS_USERNAME",
  "OS_USER_ID",
  "OS_PASSWORD",
  "OS_PASSCODE",
  "OS_TOKEN",
  "OS_AUTH_TOKEN",
  "OS_AUTH_URL",
  "OS_REGION_NAME",
  "OS_PROJECT_ID",
  "OS_PROJECT_NAME",
  "OS_TENANT_ID",
  "OS_TENANT_NAME",
  "OS_USER_DOMAIN_ID",
  "OS_USER_DOMAIN_NAME",
  "OS_PROJECT_DOMAIN_ID",
  "OS_PROJECT_DOMAIN_NAME",
  "OS_DOMAIN_ID",
  "OS_DOMAIN_NAME",
  "OS_CACERT",
] as const;

const CONFIG = [
  "work/clouds.yaml",
  "work/clouds.yml",
  "work/clouds.json",
  "home/.config/openstack/clouds.yaml",
  "home/mine.yaml",
];
const SECURE = [
  "work/secure.yaml",
  "work/secure.json",
  "home/.config/openstack/secure.yaml",
  "home/own.yaml",
];

/** `count` cases, the same for the same seed. */
export function cloudCases(count: number, seed: number): readonly CloudCase[] {
  const random = createRandom(seed);
  const { pick, integer } = random;
  const some = (chance: number) => integer(100) < chance;
  const text = (key: string) =>
    key === "auth_url"
      ? pick(["https://iam.a.test/v3", "https://iam.b.test"])
      : `${key.replace("-", "_")}-${pick(["x", "y", "z"])}`;
  const keys = () =>
    Object.fromEntries(
      KEYS.filter(() => some(22))
        .filter((key, _, all) => !key.includes("-") || !all.includes(key.replaceAll("-", "_") as typeof key))
        .map((key) => [key, text(key)]),
    );
  // A sign-in that is whole, most of the time: else little would be compared.
  const user = () => ({
    username: text("username"),
    password: text("password"),
    user_domain_name: text("user_domain_name"),
    project_name: text("project_name"),
  });
  const value = (key: string) => {
    if (key === "region_name") return pick(["eu-de", "eu-nl"]);
    return key === "cacert" ? "/etc/env.pem" : text(key);
  };
  const variables = () => ({
    ...Object.fromEntries(
      VARIABLES.filter(() => some(12)).map((name) => [name, value(name.slice(3).toLowerCase())]),
    ),
    ...(some(60) &&
      Object.fromEntries(Object.entries(user()).map(([key, own]) => [`OS_${key.toUpperCase()}`, own]))),
  });
  const cloud = (): object => ({
    ...(some(85) && {
      auth: {
        ...(some(60) && user()),
        ...keys(),
        ...(some(10) && { auth_url: "https://iam.{region_name}.t.test/v3" }),
      },
    }),
    ...(some(35) && keys()),
    ...(some(45) && { region_name: pick(["eu-de", "eu-nl", "eu-de,eu-nl"]) }),
    ...(some(25) && {
      regions: pick([
        ["eu-de", "eu-nl"],
        ["eu-nl", { name: "eu-de", values: { auth: keys() } }],
        [{ name: "eu-ch2", values: { ...keys() } }, "eu-de"],
      ]),
    }),
    ...(some(30) && { profile: pick(["otc", "otc-swiss", "own", "unknown"]) }),
    ...(some(15) && { verify: pick([true, false]) }),
    ...(some(10) && { insecure: pick([true, false]) }),
    ...(some(20) && { cacert: pick(["~/ca.pem", "/etc/ca.pem"]) }),
  });
  return Array.from({ length: count }, () => {
    const config = CONFIG.filter(() => some(40));
    const named = some(70) ? "otc" : "";
    const files: { [path: string]: string } = {};
    for (const path of config.some((path) => path !== CONFIG[4])
      ? config
      : [...config, pick(CONFIG.slice(0, 4))]) {
      const clouds = { otc: cloud(), ...(some(25) && { other: cloud() }) };
      files[path] = some(20) && !path.endsWith("json") ? merged(cloud(), keys()) : JSON.stringify({ clouds });
    }
    for (const path of SECURE.filter(() => some(25))) {
      files[path] = JSON.stringify({ clouds: { otc: { auth: keys() } } });
    }
    if (some(30)) {
      files["work/clouds-public.yaml"] = JSON.stringify({
        "public-clouds": {
          own: { auth: { auth_url: "https://own.test" }, region_name: "eu-own" },
          ...(some(30) && { otc: cloud() }),
        },
      });
    }
    return {
      kind: "clouds",
      files,
      env: {
        ...(some(45) && variables()),
        ...(named && { OS_CLOUD: named }),
        ...(files["home/mine.yaml"] && some(50) && { OS_CLIENT_CONFIG_FILE: "ROOT/home/mine.yaml" }),
        ...(files["home/own.yaml"] && some(50) && { OS_CLIENT_SECURE_FILE: "ROOT/home/own.yaml" }),
      },
      region: some(20) ? pick(["eu-de", "eu-nl"]) : "",
    };
  });
}

function merged(cloud: object, base: object): string {
  const { auth = {}, ...rest } = cloud as { readonly auth?: object };
  const inside = JSON.stringify(auth).slice(1, -1);
  const beside = JSON.stringify(rest).slice(1, -1);
  return `base: &base ${JSON.stringify(base)}\nclouds: { otc: { auth: { <<: *base${inside && `, ${inside}`} }${beside && `, ${beside}`} } }\n`;
}
