import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "auditgate-keyless-"));
});

afterEach(async () => {
  rmSync(home, { recursive: true });
  await emulator.reset();
});

afterAll(() => emulator.close());

type Env = { readonly [name: string]: string };

const { agency, auditor, identityProvider, operator, project } = sample;
const question = { clusterId: sample.clusters.healthy };

function write(path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

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

const posts = () => emulator.requests.filter(({ method }) => method === "POST").map(({ path }) => path);

describe("the token of an identity provider", () => {
  const provider = (idToken = emulator.issueIdToken()): Env => ({
    HUAWEICLOUD_SDK_IDP_ID: identityProvider.id,
    HUAWEICLOUD_SDK_ID_TOKEN_FILE: write("id-token", `${idToken}\n`),
    HUAWEICLOUD_SDK_PROJECT_ID: project.id,
  });

  test("is exchanged for a temporary key, under the SDKs' names", async () => {
    expect((await readWith(provider())).complete).toBe(true);
    expect(posts()).toEqual(["/v3.0/OS-AUTH/id-token/tokens", "/v3.0/OS-CREDENTIAL/securitytokens"]);
    expect(emulator.requests.at(-1)).toMatchObject({ auth: "signature" });
  });

  test.each<[string, (env: Env) => [Env, ClientOptions]]>([
    [
      "settings",
      (env) => [
        {},
        { settings: { idpId: identityProvider.id, idTokenFile: env["HUAWEICLOUD_SDK_ID_TOKEN_FILE"] } },
      ],
    ],
    [
      "credentials of the program",
      (env) => [
        {},
        { credentials: { idpId: identityProvider.id, idTokenFile: env["HUAWEICLOUD_SDK_ID_TOKEN_FILE"]! } },
      ],
    ],
    [
      "AUDITGATE_*",
      (env) => [
        {
          AUDITGATE_IDP_ID: identityProvider.id,
          AUDITGATE_ID_TOKEN_FILE: env["HUAWEICLOUD_SDK_ID_TOKEN_FILE"]!,
        },
        {},
      ],
    ],
    [
      "the SDKs' file",
      (env) => {
        write(
          ".huaweicloud/credentials",
          `[basic]\nidp_id = ${identityProvider.id}\nid_token_file = ${env["HUAWEICLOUD_SDK_ID_TOKEN_FILE"]}\n`,
        );
        return [{}, {}];
      },
    ],
  ])("is taken from %s, the project looked up", async (_, given) => {
    const [env, options] = given(provider());
    expect((await readWith(env, { region: "eu-de", ...options })).complete).toBe(true);
    expect(emulator.requests.map(({ path }) => path)).toContain("/v3/projects");
  });

  test("comes before keys of its own source, and half of it beside a key is none", async () => {
    const env = { ...provider(), HUAWEICLOUD_SDK_AK: "wrong", HUAWEICLOUD_SDK_SK: "wrong" };
    expect((await readWith(env)).complete).toBe(true);
    const half = { ...env, HUAWEICLOUD_SDK_AK: auditor.accessKey, HUAWEICLOUD_SDK_SK: auditor.secretKey };
    expect((await readWith({ ...half, HUAWEICLOUD_SDK_IDP_ID: "" })).complete).toBe(true);
    expect(posts()).toHaveLength(2);
  });

  test("can assume an agency", async () => {
    emulator.update(({ accounts }) => {
      for (const account of accounts) delete account.identityProviders;
      const owner = accounts.find(({ id }) => id === operator.domain.id);
      if (owner) owner.identityProviders = [{ ...identityProvider, user: operator.name }];
    });
    const role = { HW_ASSUME_ROLE_AGENCY_NAME: agency.name, HW_ASSUME_ROLE_DOMAIN_NAME: agency.domainName };
    expect((await readWith({ ...provider(), ...role })).complete).toBe(true);
  });

  test("is read anew when the key ends", async () => {
    const env = provider();
    await using client = createClient({ env: envOf(env) });
    expect((await read(client, dwsAuditDumpRecords, question)).complete).toBe(true);
    emulator.inject({ expireTokens: true, times: 1 });
    write("id-token", emulator.issueIdToken());
    expect((await read(client, dwsAuditDumpRecords, question)).complete).toBe(true);
    emulator.inject({ expireTokens: true, times: 1 });
    write("id-token", emulator.issueIdToken({ seconds: -60 }));
    await expect(read(client, dwsAuditDumpRecords, question)).rejects.toThrow(
      /The token ended at .*it has to be issued anew/,
    );
    expect(posts()).toHaveLength(5);
  });

  test("is shown by where it came from, never by what it is", async () => {
    const token = emulator.issueIdToken();
    await using client = createClient({ env: envOf(provider(token)) });
    const rows = await describeSettings(client);
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: "idpId",
        origin: "HUAWEICLOUD_SDK_IDP_ID",
        value: identityProvider.id,
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: "signIn",
        origin: "the identity provider's token in the file of HUAWEICLOUD_SDK_ID_TOKEN_FILE",
      }),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test.each<[string, () => Env, string, RegExp]>([
    [
      "a file that is not there",
      () => ({ ...provider(), HUAWEICLOUD_SDK_ID_TOKEN_FILE: "/nowhere/token" }),
      "ERR_CONFIG",
      /^HUAWEICLOUD_SDK_ID_TOKEN_FILE names a file that cannot be read: \/nowhere\/token\.$/,
    ],
    [
      "an empty file",
      () => provider(" \n"),
      "ERR_CONFIG",
      /names a file that is empty, where a token should be/,
    ],
    [
      "a file with something else",
      () => provider("no token"),
      "ERR_CONFIG",
      /names a file that holds no token/,
    ],
    [
      "a file without its provider",
      () => ({ ...provider(), HUAWEICLOUD_SDK_IDP_ID: "" }),
      "ERR_CONFIG",
      /^HUAWEICLOUD_SDK_ID_TOKEN_FILE is set, but idpId is not/,
    ],
    [
      "a provider without its file",
      () => ({ ...provider(), HUAWEICLOUD_SDK_ID_TOKEN_FILE: "" }),
      "ERR_CONFIG",
      /^HUAWEICLOUD_SDK_IDP_ID is set, but idTokenFile is not/,
    ],
    [
      "a provider that IAM does not know",
      () => ({ ...provider(), HUAWEICLOUD_SDK_IDP_ID: "gitlab" }),
      "ERR_UNAUTHENTICATED",
      /^IAM knows no identity provider "gitlab" \(idpId\): HTTP 404: .*HUAWEICLOUD_SDK_ID_TOKEN_FILE\.$/,
    ],
    [
      "a token that has ended",
      () => provider(emulator.issueIdToken({ seconds: -60 })),
      "ERR_UNAUTHENTICATED",
      /^IAM does not accept the token in .* from the identity provider "emulated-ci": HTTP 401: .*The token ended at/,
    ],
    [
      "a token for somebody else",
      () => provider(emulator.issueIdToken({ audience: "sts.amazonaws.com" })),
      "ERR_UNAUTHENTICATED",
      /It was issued by https:\/\/ci\.example for sts\.amazonaws\.com: compare that with the provider's settings/,
    ],
    [
      "a text that is no token",
      () => provider("CANARY"),
      "ERR_UNAUTHENTICATED",
      /The file holds no JSON Web Token/,
    ],
  ])("%s is one error that says so", async (_, env, code, message) => {
    const failed = readWith(env());
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(failed).rejects.not.toThrow(/\n|CANARY|eyJ/);
  });

  test("is cut out of what IAM says", async () => {
    const token = emulator.issueIdToken();
    const echo = { error: { code: 401, message: `The token ${token} is refused.` } };
    emulator.inject({ on: "tokens", status: 401, body: { text: JSON.stringify(echo) } });
    const failed = readWith(provider(token));
    await expect(failed).rejects.toThrow(/HTTP 401: 401 The token … is refused/);
  });

  test("is sent to no IAM that a file of the working folder names", async () => {
    const began = process.cwd();
    write(
      "clouds.yaml",
      "clouds:\n  evil: { region_name: eu-de, auth: { auth_url: 'https://evil.test' } }\n",
    );
    process.chdir(home);
    try {
      await using client = createClient({ env: { ...envOf(provider()), AUDITGATE_IAM_ENDPOINT: "" } });
      expect(JSON.stringify(await describeSettings(client))).not.toContain("evil.test");
    } finally {
      process.chdir(began);
    }
  });
});

describe("the container's credentials", () => {
  const container = (token: string = sample.container.token): Env => ({
    HC_CONTAINER_CREDENTIALS_FULL_URI: `${emulator.url}/v1/credentials`,
    HC_CONTAINER_AUTHORIZATION_TOKEN_FILE: write("container-token", `${token}\n`),
    AUDITGATE_PROJECT_ID: project.id,
  });

  test("are asked for under the SDKs' names, before those of the machine", async () => {
    const env = { ...container(), AUDITGATE_METADATA: "", AUDITGATE_METADATA_ENDPOINT: emulator.url };
    expect((await readWith(env)).complete).toBe(true);
    expect(posts()).toEqual(["/v1/credentials"]);
    expect(emulator.requests.map(({ api }) => api)).not.toContain("metadata");
  });

  test("come after all that the environment or a file names", async () => {
    const keys = { HW_ACCESS_KEY: auditor.accessKey, HW_SECRET_KEY: auditor.secretKey };
    expect((await readWith({ ...container("wrong"), ...keys })).complete).toBe(true);
    write(".huaweicloud/credentials", `[basic]\nak = ${auditor.accessKey}\nsk = ${auditor.secretKey}\n`);
    expect((await readWith(container("wrong"))).complete).toBe(true);
    expect(posts()).toEqual([]);
  });

  test("are asked for anew when they end, with the token of then", async () => {
    await using client = createClient({ env: envOf(container()) });
    expect((await read(client, dwsAuditDumpRecords, question)).complete).toBe(true);
    emulator.inject({ expireTokens: true, times: 1 });
    emulator.update((data) => void (data.container!.token = "renewed"));
    write("container-token", "renewed");
    expect((await read(client, dwsAuditDumpRecords, question)).complete).toBe(true);
    expect(posts()).toHaveLength(2);
  });

  test("can be had again after an agent that fails once", async () => {
    emulator.inject({ on: "container", status: 503, times: 1 });
    expect((await readWith(container())).complete).toBe(true);
  });

  test.each<[string, () => Env, string, RegExp]>([
    [
      "an address without a token's file",
      () => ({ ...container(), HC_CONTAINER_AUTHORIZATION_TOKEN_FILE: "" }),
      "ERR_CONFIG",
      /^HC_CONTAINER_CREDENTIALS_FULL_URI is set, but HC_CONTAINER_AUTHORIZATION_TOKEN_FILE is not/,
    ],
    [
      "a token's file without an address",
      () => ({ ...container(), HC_CONTAINER_CREDENTIALS_FULL_URI: "" }),
      "ERR_CONFIG",
      /^HC_CONTAINER_AUTHORIZATION_TOKEN_FILE is set, but HC_CONTAINER_CREDENTIALS_FULL_URI is not/,
    ],
    [
      "another machine without https",
      () => ({ ...container(), HC_CONTAINER_CREDENTIALS_FULL_URI: "http://agent.example.com/CANARY" }),
      "ERR_CONFIG",
      /^HC_CONTAINER_CREDENTIALS_FULL_URI must use https/,
    ],
    [
      "an address that is none",
      () => ({ ...container(), HC_CONTAINER_CREDENTIALS_FULL_URI: "CANARY" }),
      "ERR_CONFIG",
      /^HC_CONTAINER_CREDENTIALS_FULL_URI must be a URL/,
    ],
    [
      "a file that is not there",
      () => ({ ...container(), HC_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/nowhere" }),
      "ERR_CONFIG",
      /^HC_CONTAINER_AUTHORIZATION_TOKEN_FILE names a file that cannot be read: \/nowhere\.$/,
    ],
    [
      "a token that the agent refuses",
      () => container("CANARY-token"),
      "ERR_UNAUTHENTICATED",
      /^The container's credentials cannot be had at http:.*HTTP 401: .*Is the token in .* of this container's own account/,
    ],
    [
      "an agent that answers something else",
      () => {
        emulator.inject({ on: "container", body: { text: '{"credentials":{}}' } });
        return container();
      },
      "ERR_UNAUTHENTICATED",
      /the answer holds no access key/,
    ],
  ])("%s is one error that says so", async (_, env, code, message) => {
    const failed = readWith(env());
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(failed).rejects.not.toThrow(/\n|CANARY/);
  });

  test("are cut out of what the agent says", async () => {
    const text = JSON.stringify({ message: `no ${sample.container.token}` });
    emulator.inject({ on: "container", status: 403, body: { text } });
    await expect(readWith(container())).rejects.toThrow(/HTTP 403: no … /);
  });
});
