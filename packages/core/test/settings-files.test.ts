import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type ClientOptions,
  createClient,
  describeSettings,
  dwsAuditDumpRecords,
  read,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;
let home: string;
let folder: string;
const began = process.cwd();

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "auditgate-files-")));
  folder = join(home, "work");
  mkdirSync(folder);
  process.chdir(folder);
});

afterEach(async () => {
  process.chdir(began);
  rmSync(home, { recursive: true });
  await emulator.reset();
});

afterAll(() => emulator.close());

type Env = { readonly [name: string]: string };

const { auditor, domain, project } = sample;
const question = { clusterId: sample.clusters.healthy };
const canary = "CANARY-d41d8cd98f";

const clientOf = (env: Env, options: ClientOptions) =>
  createClient({
    ...options,
    env: {
      HOME: home,
      AUDITGATE_DWS_ENDPOINT: emulator.url,
      AUDITGATE_IAM_ENDPOINT: emulator.url,
      AUDITGATE_METADATA: "off",
      ...env,
    },
  });

async function readWith(env: Env = {}, options: ClientOptions = {}) {
  await using client = clientOf(env, options);
  return await read(client, dwsAuditDumpRecords, question);
}

/** The values in use by name. */
async function used(env: Env = {}, options: ClientOptions = {}) {
  await using client = clientOf(env, options);
  const rows = await describeSettings(client);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value])) as {
    readonly [name: string]: string;
  };
}

function write(path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const user = `username: ${auditor.name}, user_domain_name: ${domain.name}`;
const auth = `{ ${user}, password: ${auditor.password}, project_name: eu-de }`;
const cloud = (text: string) => `clouds:\n  otc:\n    region_name: eu-de\n    ${text}\n`;

describe("clouds.yaml is found", () => {
  test.each([
    ["clouds.yaml in the working folder", "work/clouds.yaml", cloud(`auth: ${auth}`)],
    ["clouds.yml", "work/clouds.yml", cloud(`auth: ${auth}`)],
    [
      "clouds.json",
      "work/clouds.json",
      JSON.stringify({
        clouds: { otc: { region_name: "eu-de", auth: { ak: auditor.accessKey, sk: auditor.secretKey } } },
      }),
    ],
    ["the home folder's", ".config/openstack/clouds.yaml", cloud(`auth: ${auth}`)],
  ])("as %s", async (_, path, text) => {
    write(path, text);
    expect((await readWith()).complete).toBe(true);
    expect((await readWith({ OS_CLOUD: "otc" })).complete).toBe(true);
  });

  test("where XDG_CONFIG_HOME says", async () => {
    write("xdg/openstack/clouds.yaml", cloud(`auth: ${auth}`));
    expect((await readWith({ XDG_CONFIG_HOME: join(home, "xdg") })).complete).toBe(true);
  });

  test("where OS_CLIENT_CONFIG_FILE says, and only there", async () => {
    write("work/clouds.yaml", cloud(`auth: { ${user}, password: wrong }`));
    const file = write("elsewhere/mine.yaml", cloud(`auth: ${auth}`));
    expect((await readWith({ OS_CLIENT_CONFIG_FILE: file })).complete).toBe(true);
    await expect(readWith({ OS_CLIENT_CONFIG_FILE: "/typo/clouds.yaml" })).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: "OS_CLIENT_CONFIG_FILE names a file that cannot be read: /typo/clouds.yaml.",
    });
  });

  test.each([
    ["secure.yaml beside it", "work/secure.yaml", {}],
    ["secure.yaml of another folder", ".config/openstack/secure.yaml", {}],
    ["secure.yml", ".config/openstack/secure.yml", {}],
    ["the file that OS_CLIENT_SECURE_FILE names", "mine.yaml", { OS_CLIENT_SECURE_FILE: "mine.yaml" }],
  ])("and completed by %s", async (_, path, env: Env) => {
    write("work/clouds.yaml", cloud(`auth: { ${user}, project_name: eu-de }`));
    const file = write(path, `clouds:\n  otc:\n    auth:\n      password: ${auditor.password}\n`);
    const secure = "OS_CLIENT_SECURE_FILE" in env ? { OS_CLIENT_SECURE_FILE: file } : {};
    expect((await readWith(secure)).complete).toBe(true);
  });

  test("and several clouds without a name are an error that says so", async () => {
    write("work/clouds.yaml", `clouds:\n  a: { auth: ${auth} }\n  b: { auth: ${auth} }\n`);
    await expect(readWith()).rejects.toThrow(/has several clouds: name one of them \(OS_CLOUD\)/);
  });
});

describe("a cloud is read as openstacksdk reads it", () => {
  const read = (text: string, env: Env = {}, options: ClientOptions = {}) => {
    write("work/clouds.yaml", text);
    return used({ OS_CLOUD: "otc", AUDITGATE_IAM_ENDPOINT: "", ...env }, options);
  };

  test("an anchored block is merged into auth", async () => {
    const text = `base: &auth { ${user}, password: ${auditor.password} }\n${cloud("auth: { <<: *auth, project_name: eu-de }")}`;
    expect(await read(text)).toMatchObject({ userName: auditor.name, projectName: "eu-de" });
    expect((await readWith({ OS_CLOUD: "otc" })).complete).toBe(true);
  });

  test.each([
    "4225332178759948e043475600029217",
    "42253321787599480430434756000292",
    "0123",
    ".5",
    "123456.70",
  ])("the scalar %s is a text as written", async (text) => {
    const lines = `auth: { user_id: ${text}, password: ${text}, project_id: ${text}, auth_url: "${emulator.url}" }`;
    expect(await read(cloud(lines))).toMatchObject({ projectId: text, userId: text });
    await readWith({ OS_CLOUD: "otc" }).catch(() => undefined);
    expect(emulator.requests.map(({ path }) => path)).toEqual(["/v3/auth/tokens"]);
  });

  test("keys may stand beside auth", async () => {
    const flat = `username: ${auditor.name}\n    password: ${auditor.password}\n    user_domain_name: ${domain.name}\n    project-name: eu-de\n    auth-url: https://iam.test/v3`;
    expect(await read(cloud(flat))).toMatchObject({
      userName: auditor.name,
      domainName: domain.name,
      projectName: "eu-de",
      authUrl: "https://iam.test",
    });
    const beside = `user_domain_name: ${domain.name}\n    auth: { username: ${auditor.name}, password: ${auditor.password} }`;
    expect(await read(cloud(beside))).toMatchObject({ domainName: domain.name });
  });

  const regions = `clouds:\n  otc:\n    auth: ${auth.replace(" }", ", auth_url: https://iam.test }")}\n    regions:\n      - name: eu-nl\n        values: { auth: { project_name: eu-nl_a } }\n      - name: eu-de\n        values: { auth: { project_name: eu-de_b } }\n`;

  test("regions have values, and the first region counts where none is named", async () => {
    expect(await read(regions)).toMatchObject({ region: "eu-nl", projectName: "eu-nl_a" });
    expect(await read(regions, { OS_REGION_NAME: "eu-de" })).toMatchObject({ region: "eu-nl" });
    expect(await read(regions, {}, { region: "eu-de" })).toMatchObject({
      region: "eu-de",
      projectName: "eu-de_b",
    });
  });

  test.each([
    ["auth_url: 'https://iam.{region_name}.x.test/v3'", "https://iam.eu-de.x.test"],
    ["auth_url: 'https://iam.%(region_name)s.x.test/v3'", "https://iam.eu-de.x.test"],
  ])("the template in %s is filled in", async (template, authUrl) => {
    expect(await read(cloud(`auth: { ${user}, password: p, ${template} }`))).toMatchObject({ authUrl });
  });

  test("a template that nothing fills in is an error where it is needed", async () => {
    const text = cloud(`auth: { ${user}, password: ${canary}, auth_url: 'https://{nope}' }`);
    expect(await read(text)).toMatchObject({ authUrl: "set" });
    await expect(readWith({ OS_CLOUD: "otc", AUDITGATE_IAM_ENDPOINT: "" })).rejects.toThrow(
      /^authUrl of profile "otc" in .* has a template with \{…\} in it, which nothing fills in/,
    );
  });

  test.each([
    ["profile: otc\n    region_name: eu-nl", "eu-nl", "https://iam.eu-nl.otc.t-systems.com"],
    ["profile: otc", "eu-de", "https://iam.eu-de.otc.t-systems.com"],
    ["profile: otc-swiss", "eu-ch2", "https://iam-pub.eu-ch2.sc.otc.t-systems.com"],
  ])("%s is the vendor's", async (profile, region, authUrl) => {
    expect(await read(`clouds:\n  otc:\n    ${profile}\n    auth: { ${user}, password: p }\n`)).toMatchObject(
      { region, authUrl },
    );
  });

  test("and a profile of clouds-public.yaml comes before it", async () => {
    write(
      "work/clouds-public.yaml",
      "public-clouds:\n  otc: { region_name: eu-nl, auth: { auth_url: https://own.test } }\n",
    );
    expect(
      await read(`clouds:\n  otc:\n    profile: otc\n    auth: { ${user}, password: p }\n`),
    ).toMatchObject({
      region: "eu-nl",
      authUrl: "https://own.test",
    });
  });

  test.each(["no", "off", "false", "False"])("verify: %s is not verified", async (value) => {
    expect(await read(cloud(`auth: ${auth}\n    verify: ${value}`))).toMatchObject({ insecure: "true" });
  });

  test.each(['"False"', "0", "maybe", "[]"])("verify: %s is an error that names it", async (value) => {
    await expect(read(cloud(`auth: ${auth}\n    verify: ${value}`))).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: expect.stringMatching(/^verify of cloud "otc" in .*clouds\.yaml must be true or false/),
    });
  });

  test("cacert may be in the home folder", async () => {
    write("ca.pem", "no certificate");
    await read(cloud(`auth: ${auth}\n    cacert: ~/ca.pem`));
    await expect(readWith({ OS_CLOUD: "otc" })).rejects.toThrow(
      `names a file that holds no certificate in PEM format: ${join(home, "ca.pem")}.`,
    );
  });
});

test.each([
  ["no certificate", "text"],
  ["an empty file", ""],
  ["a broken certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
])("OS_CACERT that names a file with %s is an error", async (_, text) => {
  const file = write("ca.pem", text);
  const env = {
    OS_CACERT: file,
    OS_TOKEN: auditor.token,
    OS_PROJECT_ID: project.id,
    OS_REGION_NAME: "eu-de",
  };
  await expect(readWith(env)).rejects.toMatchObject({
    code: "ERR_CONFIG",
    message: `OS_CACERT names a file that holds no certificate in PEM format: ${file}.`,
  });
});

describe("a file of the working folder that nobody named", () => {
  const password = {
    AUDITGATE_IAM_ENDPOINT: "",
    OS_USERNAME: auditor.name,
    OS_PASSWORD: auditor.password,
    OS_USER_DOMAIN_NAME: domain.name,
  };
  const evil = `auth: { auth_url: "https://evil.test" }\n    verify: no\n    cacert: evil.pem`;

  test("decides neither where a password of the environment is sent, nor whom to trust", async () => {
    write("work/clouds.yaml", cloud(evil));
    const settings = await used(password);
    expect(settings).toMatchObject({ region: "eu-de", userName: auditor.name });
    expect(settings).not.toHaveProperty("authUrl");
    expect(settings).not.toHaveProperty("insecure");
    expect(settings).not.toHaveProperty("cacertFile");
  });

  test("nor where one of another folder is", async () => {
    write(
      ".config/openstack/secure.yaml",
      `clouds:\n  otc:\n    auth: { ${user}, password: ${auditor.password} }\n`,
    );
    write("work/clouds.yaml", cloud(evil));
    const settings = await used({ AUDITGATE_IAM_ENDPOINT: "" });
    expect(settings).toMatchObject({ userName: auditor.name });
    expect(settings).not.toHaveProperty("authUrl");
    expect(settings).not.toHaveProperty("insecure");
    expect(await used({ AUDITGATE_IAM_ENDPOINT: "", OS_CLOUD: "otc" })).toMatchObject({
      authUrl: "https://evil.test",
    });
  });

  test("may speak for its own credentials", async () => {
    write(
      "work/clouds.yaml",
      cloud(`auth: { ${user}, password: ${auditor.password}, auth_url: "${emulator.url}" }`),
    );
    expect((await readWith({ AUDITGATE_IAM_ENDPOINT: "" })).complete).toBe(true);
  });
});

describe("the SDKs' file is read as RawConfigParser reads it", () => {
  const credentials = (text: string) => write(".huaweicloud/credentials", text);
  const lines = `ak = ${auditor.accessKey}\nsk = ${auditor.secretKey}\nproject_id = ${project.id}\n`;

  test.each([
    ["a section with a dot", `[prod.eu]\n${lines}`, "prod.eu"],
    ["a byte order mark and CRLF", `\ufeff[basic]\n${lines}`.replaceAll("\n", "\r\n"), undefined],
    [
      "keys in capitals, colons and comments",
      `; c\n[basic]\n# c\nAK: ${auditor.accessKey}\n  ; c\nSK=${auditor.secretKey}\nproject_id : ${project.id}`,
      undefined,
    ],
    [
      "defaults",
      `[DEFAULT]\nproject_id = ${project.id}\n[basic]\nak = ${auditor.accessKey}\nsk = ${auditor.secretKey}`,
      undefined,
    ],
  ])("%s", async (_, text, profile) => {
    credentials(text);
    expect((await readWith({ AUDITGATE_REGION: "eu-de" }, profile ? { profile } : {})).complete).toBe(true);
  });

  test.each(["ab;cd", "ab#cd", "ab ; cd", '"quoted"', "50%", "%(ak)s", "a=b:c", "\\t"])(
    "sk = %s is taken whole",
    async (sk) => {
      credentials(`[basic]\nak = x\nsk = ${sk}\nproject_id = p\n`);
      expect(await used()).toMatchObject({ secretKey: `set, ${sk.length} characters` });
    },
  );

  test.each([
    [`ak = ${canary}\n`, 1, /stands before the first section/],
    [`[basic]\n${canary}\n`, 2, /is neither a section nor a key/],
    [`[basic]\nak = 1\nak = ${canary}\n`, 3, /names a key that was there before/],
    [`[basic]\n[basic]\n`, 2, /begins a section that was there before/],
  ])("%j is an error that names file and line", async (text, line, message) => {
    const path = credentials(text);
    const failed = readWith();
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(`${path}, line ${line},`);
    await expect(failed).rejects.not.toThrow(canary);
  });
});
