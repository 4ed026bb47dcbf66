import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ClientOptions, createClient, dwsAuditDumpRecords, read } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;
let home: string;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "auditgate-home-"));
});

afterEach(async () => {
  rmSync(home, { recursive: true });
  await emulator.reset();
});

afterAll(() => emulator.close());

/** Only the way to the emulator; no credentials, region or project. */
const way = () => ({
  HOME: home,
  AUDITGATE_DWS_ENDPOINT: emulator.url,
  AUDITGATE_IAM_ENDPOINT: emulator.url,
  AUDITGATE_METADATA_ENDPOINT: "http://127.0.0.1:9",
});

async function readWith(
  env: { readonly [name: string]: string },
  options: ClientOptions = {},
  clusterId: string = sample.clusters.healthy,
) {
  await using client = createClient({ ...options, env: { ...way(), ...env } });
  return await read(client, dwsAuditDumpRecords, { clusterId });
}

function write(path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const { auditor, totpUser, temporary, operator, project, domain, agency } = sample;
const keys = { accessKey: auditor.accessKey, secretKey: auditor.secretKey };

describe("credentials are found in", () => {
  test.each<[string, { readonly [name: string]: string }]>([
    [
      "AUDITGATE_* keys",
      {
        AUDITGATE_ACCESS_KEY: keys.accessKey,
        AUDITGATE_SECRET_KEY: keys.secretKey,
        AUDITGATE_REGION: "eu-de",
      },
    ],
    ["HW_* keys", { HW_ACCESS_KEY: keys.accessKey, HW_SECRET_KEY: keys.secretKey, HW_REGION_NAME: "eu-de" }],
    [
      "HUAWEICLOUD_SDK_* keys",
      {
        HUAWEICLOUD_SDK_AK: keys.accessKey,
        HUAWEICLOUD_SDK_SK: keys.secretKey,
        HUAWEICLOUD_SDK_PROJECT_ID: project.id,
      },
    ],
    ["OS_* keys", { OS_ACCESS_KEY: keys.accessKey, OS_SECRET_KEY: keys.secretKey, OS_PROJECT_NAME: "eu-de" }],
    [
      "a temporary key",
      {
        HW_ACCESS_KEY: temporary.accessKey,
        HW_SECRET_KEY: temporary.secretKey,
        HW_SECURITY_TOKEN: temporary.securityToken,
        HW_PROJECT_ID: project.id,
      },
    ],
    ["a token", { OS_TOKEN: auditor.token, OS_REGION_NAME: "eu-de" }],
    [
      "a user's name and password",
      {
        OS_USERNAME: auditor.name,
        OS_PASSWORD: auditor.password,
        OS_USER_DOMAIN_NAME: domain.name,
        OS_TENANT_NAME: "eu-de",
      },
    ],
    [
      "a user's id and password",
      { HW_USER_ID: auditor.id, HW_USER_PASSWORD: auditor.password, HW_PROJECT_ID: project.id },
    ],
    [
      "a user with a passcode",
      {
        OS_USER_ID: totpUser.id,
        OS_PASSWORD: totpUser.password,
        OS_PASSCODE: totpUser.passcode,
        OS_PROJECT_ID: project.id,
      },
    ],
    [
      "an agency, by key",
      {
        HW_ACCESS_KEY: operator.accessKey,
        HW_SECRET_KEY: operator.secretKey,
        HW_ASSUME_ROLE_AGENCY_NAME: agency.name,
        HW_ASSUME_ROLE_DOMAIN_NAME: agency.domainName,
        HW_REGION_NAME: "eu-de",
      },
    ],
    [
      "an agency, by password, with its owner's project",
      {
        OS_USERNAME: operator.name,
        OS_PASSWORD: operator.password,
        OS_DOMAIN_NAME: operator.domain.name,
        OS_AGENCY_NAME: agency.name,
        OS_AGENCY_DOMAIN_NAME: agency.domainName,
        OS_DELEGATED_PROJECT: "eu-de",
        OS_PROJECT_NAME: "eu-de_other",
      },
    ],
  ])("%s", async (_, env) => {
    expect((await readWith(env)).complete).toBe(true);
  });

  test("the hcloud command line's current profile", async () => {
    write(
      ".hcloud/config.json",
      JSON.stringify({
        current: "audit",
        profiles: [
          {
            name: "audit",
            mode: "AKSK",
            accessKeyId: keys.accessKey,
            secretAccessKey: keys.secretKey,
            region: "eu-de",
          },
        ],
      }),
    );
    expect((await readWith({})).complete).toBe(true);
  });

  test("the SDKs' INI file", async () => {
    write(
      ".huaweicloud/credentials",
      `[basic]\nak = ${keys.accessKey}\nsk = ${keys.secretKey}\nproject_id = ${project.id}\n`,
    );
    expect((await readWith({})).complete).toBe(true);
  });

  test("a named INI file and section", async () => {
    const file = write(
      "own.ini",
      `[basic]\nak = x\nsk = y\n[audit]\nak = ${keys.accessKey}\nsk = ${keys.secretKey}\nproject_id = ${project.id}\n`,
    );
    expect((await readWith({ HW_PROFILE: "audit", HW_SHARED_CONFIG_FILE: file })).complete).toBe(true);
  });

  test("clouds.yaml, completed by secure.yaml", async () => {
    write(
      ".config/openstack/clouds.yaml",
      `clouds:\n  other: {}\n  otc:\n    region_name: eu-de\n    auth:\n      username: ${auditor.name}\n      user_domain_name: ${domain.name}\n      project_name: eu-de\n`,
    );
    write(
      ".config/openstack/secure.yaml",
      `clouds:\n  otc:\n    auth:\n      password: ${auditor.password}\n`,
    );
    expect((await readWith({ OS_CLOUD: "otc" })).complete).toBe(true);
  });

  test("the metadata service of the machine", async () => {
    const env = { AUDITGATE_METADATA_ENDPOINT: emulator.url, AUDITGATE_PROJECT_ID: project.id };
    expect((await readWith(env)).complete).toBe(true);
  });

  test("a function, which is asked again when its answer is refused", async () => {
    let calls = 0;
    const credentials = async () => (++calls === 1 ? { token: "expired" } : keys);
    expect((await readWith({ AUDITGATE_PROJECT_ID: project.id }, { credentials })).complete).toBe(true);
    expect(calls).toBe(2);
  });
});

test("explicit keys win over a profile, and a profile over nothing", async () => {
  write(
    ".hcloud/config.json",
    JSON.stringify({
      current: "p",
      profiles: [{ name: "p", accessKeyId: "wrong", secretAccessKey: "wrong", projectId: project.id }],
    }),
  );
  expect((await readWith({}, { credentials: keys })).complete).toBe(true);
  await expect(readWith({})).rejects.toMatchObject({
    code: "ERR_UNAUTHENTICATED",
    message: expect.stringContaining('the access key of accessKey of profile "p" in'),
  });
});

test("a token that expires in the middle of a reading is renewed", async () => {
  await using client = createClient({
    env: way(),
    region: "eu-de",
    credentials: { userName: auditor.name, password: auditor.password, domainName: domain.name },
  });
  const question = { clusterId: sample.clusters.healthy };
  await read(client, dwsAuditDumpRecords, question);
  emulator.inject({ expireTokens: true, times: 1 });
  expect((await read(client, dwsAuditDumpRecords, question)).complete).toBe(true);
});

test("another region is another project over the same client", async () => {
  await using client = createClient({
    env: way(),
    region: "eu-de",
    credentials: { ...keys },
    projectId: project.id,
  });
  const there = client.with({ region: "eu-nl" });
  const reading = await read(there, dwsAuditDumpRecords, { clusterId: sample.netherlands.cluster });
  expect(reading.complete).toBe(true);
  await expect(
    read(client, dwsAuditDumpRecords, { clusterId: sample.netherlands.cluster }),
  ).rejects.toMatchObject({ code: "ERR_NOT_FOUND" });
});

test("a client for nothing else is the client itself, and what is not named stays as it was", async () => {
  await using client = createClient({ env: way(), region: "eu-de", credentials: { ...keys } });
  for (const nothing of [{}, { region: undefined, projectId: undefined }] as const) {
    expect(client.with(nothing)).toBe(client);
  }
  const fleet = client.with({ region: "eu-de", projectId: sample.fleet.project.id });
  for (const same of [fleet.with({ region: undefined }), fleet.with({ region: "eu-de" })]) {
    expect(await same.connection.place()).toMatchObject({
      region: "eu-de",
      projectId: sample.fleet.project.id,
    });
  }
  expect(() => client.with({ region: "" })).toThrow(/^option region must not be empty/);
  const elsewhere = await fleet.with({ region: "eu-nl" }).connection.place();
  expect(elsewhere).toMatchObject({ region: "eu-nl", projectId: undefined });
});

test("many readings at once sign in once", async () => {
  await using client = createClient({
    env: way(),
    region: "eu-de",
    credentials: { userName: auditor.name, password: auditor.password, domainName: domain.name },
  });
  await Promise.all(
    Array.from({ length: 20 }, () =>
      read(client, dwsAuditDumpRecords, { clusterId: sample.clusters.healthy }),
    ),
  );
  expect(emulator.requests.filter((request) => request.method === "POST")).toHaveLength(1);
});

describe("what is wrong is said, with where it came from", () => {
  test.each<[string, { readonly [name: string]: string }, RegExp]>([
    [
      "no credentials at all",
      { AUDITGATE_REGION: "eu-de" },
      /^No credentials were found .*AUDITGATE_ACCESS_KEY/,
    ],
    ["a key without its secret", { HW_ACCESS_KEY: "x" }, /^HW_ACCESS_KEY is set, but secretKey is not/],
    ["a profile that no file has", { HW_PROFILE: "nope" }, /^HW_PROFILE asks for the profile "nope"/],
    [
      "a wrong secret",
      { OS_ACCESS_KEY: keys.accessKey, OS_SECRET_KEY: "wrong", OS_PROJECT_ID: project.id },
      /APIGW\.0301 .* Signed in with the access key of OS_ACCESS_KEY\.$/,
    ],
    [
      "a wrong password",
      {
        OS_USERNAME: auditor.name,
        OS_PASSWORD: "wrong",
        OS_DOMAIN_NAME: domain.name,
        OS_PROJECT_ID: project.id,
      },
      /^HTTP 401: .*Signed in with the user and password of OS_USERNAME\.$/,
    ],
    [
      "plain http to another machine",
      { AUDITGATE_TOKEN: "x", AUDITGATE_DWS_ENDPOINT: "http://dws.example.com" },
      /^AUDITGATE_DWS_ENDPOINT must use https/,
    ],
    [
      "an unknown project name",
      {
        AUDITGATE_ACCESS_KEY: keys.accessKey,
        AUDITGATE_SECRET_KEY: keys.secretKey,
        AUDITGATE_PROJECT_NAME: "eu-de_nope",
      },
      /^No project named "eu-de_nope"/,
    ],
  ])("%s", async (_, env, message) => {
    const reading = (async () => readWith(env))();
    await expect(reading).rejects.toMatchObject({
      name: "AuditError",
      message: expect.stringMatching(message),
    });
  });
});
