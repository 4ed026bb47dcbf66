import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type ClientOptions,
  createClient,
  describeSettings,
  dwsAuditDumpRecords,
  read,
  type SettingDescription,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;
let home: string;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "auditgate-settings-"));
});

afterEach(async () => {
  rmSync(home, { recursive: true });
  await emulator.reset();
});

afterAll(() => emulator.close());

type Env = { readonly [name: string]: string };

const { auditor, newcomer, operator, agency, domain, project, netherlands } = sample;
const keys = { HW_ACCESS_KEY: auditor.accessKey, HW_SECRET_KEY: auditor.secretKey };
const othersKeys = { HW_ACCESS_KEY: operator.accessKey, HW_SECRET_KEY: operator.secretKey };
const question = { clusterId: sample.clusters.healthy };

const envOf = (env: Env) => ({
  HOME: home,
  AUDITGATE_DWS_ENDPOINT: emulator.url,
  AUDITGATE_IAM_ENDPOINT: emulator.url,
  AUDITGATE_METADATA: "off",
  ...env,
});

async function readWith(env: Env, options: ClientOptions = {}) {
  await using client = createClient({ ...options, env: envOf(env) });
  return await read(client, dwsAuditDumpRecords, question);
}

async function described(env: Env, options: ClientOptions = {}) {
  await using client = createClient({ ...options, env: envOf(env) });
  const rows = await describeSettings(client);
  return Object.fromEntries(rows.map((row) => [row.name, row])) as {
    readonly [name: string]: SettingDescription;
  };
}

function write(path: string, text: string): void {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const hcloud = (...profiles: readonly object[]) => write(".hcloud/config.json", JSON.stringify({ profiles }));
const profileOf = (name: string, user: { accessKey: string; secretKey: string }, more: object = {}) => ({
  name,
  accessKeyId: user.accessKey,
  secretAccessKey: user.secretKey,
  region: "eu-de",
  ...more,
});
const sentPaths = () => emulator.requests.map(({ path }) => path);

describe("two spellings of one thing are one setting, and the first source decides", () => {
  const stray = { ...keys, HW_REGION_NAME: "eu-de", OS_PROJECT_ID: "ffffffffffffffffffffffffffffffff" };

  test.each<[string, Env, ClientOptions]>([
    ["the option projectName over OS_PROJECT_ID", {}, { projectName: "eu-de" }],
    ["AUDITGATE_PROJECT_NAME over OS_PROJECT_ID", { AUDITGATE_PROJECT_NAME: "eu-de" }, {}],
    ["the setting projectName over OS_PROJECT_ID", {}, { settings: { projectName: "eu-de" } }],
  ])("%s", async (_, env, options) => {
    expect((await readWith({ ...stray, ...env }, options)).complete).toBe(true);
    expect(sentPaths().join()).toContain(project.id);
    const { projectName } = await described({ ...stray, ...env }, options);
    expect(projectName).toMatchObject({ value: "eu-de", shadows: ["OS_PROJECT_ID"] });
  });

  test.each<[string, Env, string, string]>([
    ["PROJECT before TENANT", { OS_TENANT_ID: "t", OS_PROJECT_ID: "p" }, "projectId", "p"],
    ["an id before a name", { OS_PROJECT_NAME: "eu-de", OS_TENANT_ID: "t" }, "projectId", "t"],
    ["a name of a higher source", { HW_PROJECT_NAME: "eu-de", OS_TENANT_ID: "t" }, "projectName", "eu-de"],
  ])("%s", async (_, env, name, value) => {
    expect((await described({ ...keys, HW_REGION_NAME: "eu-de", ...env }))[name]).toMatchObject({ value });
  });

  test("the project's account is another thing than the user's", async () => {
    const env = {
      OS_USERNAME: auditor.name,
      OS_PASSWORD: auditor.password,
      OS_USER_DOMAIN_NAME: domain.name,
      OS_PROJECT_DOMAIN_ID: "default",
      OS_PROJECT_NAME: "eu-de",
    };
    await readWith(env).catch(() => undefined);
    const [sent] = emulator.requests;
    expect(sent?.path).toBe("/v3/auth/tokens");
    const { domainName, projectName } = await described(env);
    expect([domainName?.origin, projectName?.origin]).toEqual(["OS_USER_DOMAIN_NAME", "OS_PROJECT_NAME"]);
    const { OS_PROJECT_DOMAIN_ID: _, ...own } = env;
    expect((await readWith({ ...own, OS_PROJECT_DOMAIN_ID: domain.id })).complete).toBe(true);
    expect(
      (await readWith({ ...own, OS_USER_DOMAIN_NAME: "", OS_PROJECT_DOMAIN_NAME: domain.name })).complete,
    ).toBe(true);
  });
});

describe("a project belongs to a region", () => {
  test.each<[string, Env, ClientOptions, string | undefined]>([
    ["of its own source", { HW_REGION_NAME: "eu-de", HW_PROJECT_ID: "x" }, { region: "eu-nl" }, "eu-nl"],
    ["in its own name", { OS_PROJECT_NAME: "eu-de_x" }, { region: "eu-nl" }, "eu-nl"],
    [
      "in the name beside its id",
      { OS_PROJECT_ID: "x", OS_PROJECT_NAME: "eu-de" },
      { region: "eu-nl" },
      "eu-nl",
    ],
    ["that is the same", { HW_REGION_NAME: "eu-de", HW_PROJECT_ID: "x" }, { region: "eu-de" }, undefined],
    ["that it does not name", { OS_PROJECT_ID: "x" }, { region: "eu-nl" }, undefined],
  ])("%s", async (_, env, options, name) => {
    const { projectName, projectId } = await described({ ...keys, ...env }, options);
    expect(projectName?.value).toBe(name);
    expect(projectId?.value).toBe(name === undefined ? "x" : undefined);
    expect(projectName?.shadows.length).toBe(name === undefined ? undefined : 1);
  });

  test("and says where it is, over a region of a source below", async () => {
    expect(
      (await described({ ...keys, HW_REGION_NAME: "eu-de" }, { projectName: "eu-nl_x" }))["region"],
    ).toMatchObject({
      value: "eu-nl",
    });
    expect(
      (await described({ ...keys, HW_REGION_NAME: "eu-de" }, { projectName: "my-project" }))["region"],
    ).toMatchObject({
      value: "eu-de",
    });
  });

  test("which is read there", async () => {
    await using client = createClient({
      region: "eu-nl",
      env: envOf({ ...keys, HW_REGION_NAME: "eu-de", HW_PROJECT_ID: project.id }),
    });
    const reading = await read(client, dwsAuditDumpRecords, { clusterId: netherlands.cluster });
    expect(reading.complete).toBe(true);
  });
});

describe("a profile that is named", () => {
  test.each<[string, (warnings: string[]) => [Env, ClientOptions]]>([
    ["by an option", () => [{ ...othersKeys }, { profile: "a" }]],
    ["by a setting", () => [{ ...othersKeys }, { settings: { profile: "a" } }]],
    ["by AUDITGATE_PROFILE", () => [{ ...othersKeys, AUDITGATE_PROFILE: "a" }, {}]],
    ["by HW_PROFILE", () => [{ ...othersKeys, HW_PROFILE: "a" }, {}]],
    [
      "by OS_CLOUD",
      () => [{ OS_ACCESS_KEY: operator.accessKey, OS_SECRET_KEY: operator.secretKey, OS_CLOUD: "a" }, {}],
    ],
  ])("%s beats the credentials of the environment below it, with one warning", async (_, given) => {
    const warnings: string[] = [];
    const logger = { debug() {}, warn: (message: string) => void warnings.push(message) };
    hcloud(profileOf("a", auditor));
    write(
      ".config/openstack/clouds.yaml",
      `clouds:\n  a:\n    region_name: eu-de\n    auth: { ak: ${auditor.accessKey}, sk: ${auditor.secretKey} }\n`,
    );
    const [env, options] = given(warnings);
    await using client = createClient({ ...options, logger, env: envOf(env) });
    for (const _reading of [1, 2]) {
      expect((await read(client, dwsAuditDumpRecords, question)).complete).toBe(true);
    }
    expect(warnings).toEqual([
      expect.stringMatching(/^Signed in with profile "a" in .*(?:HW|OS)_ACCESS_KEY are not used/),
    ]);
  });

  test("by two clients of one program are two accounts", async () => {
    hcloud(profileOf("a", auditor), profileOf("b", newcomer));
    expect((await readWith(othersKeys, { profile: "a" })).complete).toBe(true);
    await expect(readWith(othersKeys, { profile: "b" })).rejects.toMatchObject({
      code: "ERR_FORBIDDEN",
      message: expect.stringContaining('profile "b" in'),
    });
  });

  test.each<[string, Env, ClientOptions]>([
    ["by the program", { HW_ACCESS_KEY: "", AUDITGATE_METADATA: "" }, { profile: "empty" }],
    ["beside keys of the environment", keys, { profile: "empty" }],
    ["by HW_PROFILE", { ...keys, HW_PROFILE: "empty" }, {}],
  ])("and holds no credentials is an error, %s", async (_, env, options) => {
    hcloud({ name: "empty", region: "eu-de", accessKeyId: "", secretAccessKey: " " });
    const reading = readWith({ AUDITGATE_METADATA_ENDPOINT: emulator.url, ...env }, options);
    await expect(reading).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: expect.stringMatching(/^profile "empty" in .* holds no credentials/),
    });
    expect(emulator.requests).toEqual([]);
  });

  test("is not looked at where all that it could say is known", async () => {
    const env = {
      ...keys,
      HW_REGION_NAME: "eu-de",
      HW_PROJECT_ID: project.id,
      OS_CLOUD: "gone",
      OS_CLIENT_CONFIG_FILE: "/typo/clouds.yaml",
    };
    expect((await readWith(env)).complete).toBe(true);
    await expect(readWith({ ...env, HW_PROJECT_ID: "" })).rejects.toThrow(
      "OS_CLIENT_CONFIG_FILE names a file that cannot be read: /typo/clouds.yaml",
    );
    await expect(readWith({ ...env, HW_PROJECT_ID: "", OS_CLIENT_CONFIG_FILE: "" })).rejects.toThrow(
      'OS_CLOUD asks for the profile "gone"',
    );
  });

  test("by the program takes no agency of the environment", async () => {
    hcloud(profileOf("a", auditor));
    const role = { HW_ASSUME_ROLE_AGENCY_NAME: agency.name, HW_ASSUME_ROLE_DOMAIN_NAME: agency.domainName };
    expect(await described(role, { profile: "a" })).not.toHaveProperty(["assumeRole.agencyName"]);
    expect(await described({ ...role, HW_PROFILE: "a" })).toHaveProperty(["assumeRole.agencyName"]);
  });
});

describe("IAM's endpoint", () => {
  const password = {
    AUDITGATE_IAM_ENDPOINT: "",
    OS_USERNAME: auditor.name,
    OS_PASSWORD: auditor.password,
    OS_USER_DOMAIN_NAME: domain.name,
    OS_REGION_NAME: "eu-de",
    OS_PROJECT_NAME: "eu-de",
  };

  test("comes from the credentials' own source", async () => {
    expect((await readWith({ ...password, OS_AUTH_URL: `${emulator.url}/v3` })).complete).toBe(true);
  });

  test.each<[string, Env]>([
    ["another vendor's, above", { HW_AUTH_URL: "https://evil.test" }],
    ["another vendor's SDK's", { HUAWEICLOUD_SDK_IAM_ENDPOINT: "https://evil.test" }],
  ])("never is %s", async (_, env) => {
    const { authUrl, ...others } = await described({ ...password, ...env });
    expect(authUrl).toBeUndefined();
    expect(others["endpoints.iam"]).toBeUndefined();
    const ours = await described({ ...password, ...env, AUDITGATE_IAM_ENDPOINT: "https://iam.test" });
    expect(ours["endpoints.iam"]?.value).toBe("https://iam.test");
  });

  test("of another vendor stops nobody, whatever it is", async () => {
    for (const url of ["http://10.0.0.5:5000/v3", "https://ks.example.com/identity"]) {
      const env = { ...keys, HW_REGION_NAME: "eu-de", HW_PROJECT_ID: project.id, OS_AUTH_URL: url };
      expect((await readWith({ ...env, AUDITGATE_IAM_ENDPOINT: "" })).complete).toBe(true);
    }
  });

  test("cannot be made of a region", async () => {
    await expect(readWith({ ...password, OS_REGION_NAME: "x.evil.test/#" })).rejects.toThrow(
      /^OS_REGION_NAME must be the name of a region/,
    );
    await expect(readWith({ ...password, HW_CLOUD: "evil.test/#" })).rejects.toThrow(
      /^HW_CLOUD must be a domain/,
    );
  });
});

describe("white space around a value of the environment is not part of it", () => {
  test("as in keys that end in a newline", async () => {
    const env = { HW_ACCESS_KEY: `${auditor.accessKey}\n`, HW_SECRET_KEY: `${auditor.secretKey}\r\n` };
    expect(
      (await readWith({ ...env, HW_REGION_NAME: " eu-de", AUDITGATE_PROJECT_ID: `${project.id} ` })).complete,
    ).toBe(true);
  });

  test.each<[string, Env, ClientOptions]>([
    ["HW_ACCESS_KEY", { ...keys, HW_ACCESS_KEY: "a\nb", HW_REGION_NAME: "eu-de" }, {}],
    ["OS_TOKEN", { OS_TOKEN: "токен", OS_REGION_NAME: "eu-de" }, {}],
    ["AUDITGATE_PROJECT_ID", { ...keys, AUDITGATE_PROJECT_ID: "a\u0000b" }, {}],
    ["token of the credentials", {}, { region: "eu-de", credentials: () => ({ token: "a\nb" }) }],
  ])("and what no header can hold is an error without a request: %s", async (origin, env, options) => {
    await expect(readWith(env, options)).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: expect.stringMatching(`^${origin} holds a line break`),
    });
    expect(emulator.requests).toEqual([]);
  });
});

describe("the look-up of the project", () => {
  const env = { ...keys, HW_REGION_NAME: "eu-de" };

  test("asks for the user's own projects where it may not list all", async () => {
    emulator.update(({ accounts }) => {
      for (const { users } of accounts)
        for (const user of users) {
          user.permissions = user.permissions.filter((each) => !each.startsWith("iam:"));
        }
    });
    expect((await readWith(env)).complete).toBe(true);
    expect(sentPaths()).toContain("/v3/auth/projects");
  });

  test("says that it was the look-up, and how to do without", async () => {
    emulator.inject({ on: "projects", status: 403 });
    await expect(readWith(env)).rejects.toMatchObject({
      code: "ERR_FORBIDDEN",
      message: expect.stringMatching(
        /^The project "eu-de" could not be looked up: .*set projectId \(AUDITGATE_PROJECT_ID\)/,
      ),
    });
  });

  test("names the profile that says nothing of region and project", async () => {
    hcloud(profileOf("default", auditor, { region: "", projectId: "" }));
    await expect(readWith({}, { profile: "default" })).rejects.toThrow(
      `No project is known: set projectId (AUDITGATE_PROJECT_ID), projectName or region. Neither is in profile "default" in ${join(home, ".hcloud/config.json")}.`,
    );
  });
});

test("what is described holds no secret, and where each setting comes from", async () => {
  const rows = await described({
    ...keys,
    HW_REGION_NAME: "eu-de",
    OS_REGION_NAME: "eu-nl",
    OS_ACCESS_KEY: "other",
    HW_SECURITY_TOKEN: "CANARY-token",
  });
  expect(rows).toMatchObject({
    region: { value: "eu-de", origin: "HW_REGION_NAME", shadows: ["OS_REGION_NAME"] },
    accessKey: {
      value: `set, ${auditor.accessKey.length} characters`,
      origin: "HW_ACCESS_KEY",
      shadows: ["OS_ACCESS_KEY"],
    },
    secretKey: { value: `set, ${auditor.secretKey.length} characters` },
    securityToken: { value: "set" },
    projectName: { value: "eu-de", origin: "the region's own project" },
  });
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`CANARY|${auditor.secretKey}|${auditor.accessKey}`));
});
