import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Server } from "node:tls";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { servePrivately } from "../../../test/doors/private-authority.ts";
import { createProject, diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

const { auditor, clusters, domain, identityProvider, newcomer, operator, project: own } = sample;
const READING = `data "auditgate_dws_audit_dump_records" "dumps" {\n  cluster_id = "${clusters.healthy}"\n}\n`;
const GATE = `data "auditgate_gate" "gate" {\n  dws_audit_dump_records {\n    cluster_ids  = ["${clusters.healthy}"]\n    max_failures = 0\n  }\n}\n`;
const readingBy = (alias: string) =>
  READING.replace("dumps", alias).replace("{\n", `{\n  provider = auditgate.${alias}\n`);
const hcloudProfile = (name: string, user: { readonly accessKey: string; readonly secretKey: string }) => ({
  name,
  accessKeyId: user.accessKey,
  secretAccessKey: user.secretKey,
  region: "eu-de",
});

let folder: string;
let emulator: Emulator;
let tls: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-authority-"));
  emulator = await startEmulator();
  tls = await servePrivately(folder, emulator.url);
});

afterAll(async () => {
  tls.close();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  const projects: Project[] = [];

  afterEach(async () => {
    for (const each of projects.splice(0)) each.remove();
    await emulator.reset();
  });

  type Env = { readonly [name: string]: string };
  type Files = { readonly [path: string]: string };

  /** A project whose environment says the way to the emulator and nothing else; files are those of the home folder. */
  async function prepare(main: string, env: Env, files: Files = {}): Promise<Project> {
    const home = mkdtempSync(join(folder, "home-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    const given = Object.entries(env).map(([name, value]) => [name, value.replace("HOME", home)]);
    const project = createProject({
      engine,
      env: {
        AUDITGATE_DWS_ENDPOINT: emulator.url,
        AUDITGATE_IAM_ENDPOINT: emulator.url,
        AUDITGATE_METADATA: "off",
        AUDITGATE_MAX_RETRIES: "0",
        HOME: home,
        ...Object.fromEntries(given),
      },
      main,
    });
    projects.push(project);
    await project.succeed("init");
    return project;
  }

  async function failure(project: Project): Promise<{ readonly summary: string; readonly detail: string }> {
    const outcome = await project.run("plan", "-json");
    expect(outcome.code).toBe(1);
    const errors = diagnosticsOf(outcome).filter(({ severity }) => severity === "error");
    expect(errors).toHaveLength(1);
    return errors[0]!;
  }

  const keys = { HW_ACCESS_KEY: auditor.accessKey, HW_SECRET_KEY: auditor.secretKey };
  const provider = (lines: string) => `provider "auditgate" {\n${lines}\n}\n`;

  test.each<[string, { readonly main?: string; readonly env: Env; readonly files?: Files }]>([
    [
      "project_name of the provider beats a project id of the environment",
      {
        main: provider('  project_name = "eu-de"') + READING,
        env: { ...keys, HW_REGION_NAME: "eu-de", OS_PROJECT_ID: "ffffffffffffffffffffffffffffffff" },
      },
    ],
    [
      "profile of the provider beats keys of the environment",
      {
        main: provider('  profile = "a"') + READING,
        env: { HW_ACCESS_KEY: operator.accessKey, HW_SECRET_KEY: operator.secretKey },
        files: { ".hcloud/config.json": JSON.stringify({ profiles: [hcloudProfile("a", auditor)] }) },
      },
    ],
    [
      "keys that end in a line break, and spaces around the project's id",
      {
        env: {
          HW_ACCESS_KEY: `${auditor.accessKey}\n`,
          HW_SECRET_KEY: `${auditor.secretKey}\n`,
          HW_REGION_NAME: "eu-de",
          HW_PROJECT_ID: ` ${own.id} `,
        },
      },
    ],
    [
      "another vendor's IAM, and proxies that none needs on loopback",
      {
        env: {
          ...keys,
          HW_REGION_NAME: "eu-de",
          HW_PROJECT_ID: own.id,
          OS_AUTH_URL: "http://10.0.0.5:5000/v3",
          HTTPS_PROXY: "socks5h://127.0.0.1:1080",
          HTTP_PROXY: "not a url",
        },
      },
    ],
    [
      "a cloud with a merged block, its password in secure.yaml",
      {
        env: { OS_CLOUD: "otc" },
        files: {
          ".config/openstack/clouds.yaml": `user: &user { username: ${auditor.name} }\nclouds:\n  otc:\n    region_name: eu-de\n    user_domain_name: ${domain.name}\n    auth: { <<: *user, project_name: eu-de }\n`,
          ".config/openstack/secure.yaml": `clouds: { otc: { auth: { password: ${auditor.password} } } }\n`,
        },
      },
    ],
    [
      "the SDKs' file with a byte order mark, CRLF and a section with a dot",
      {
        main: provider('  profile = "prod.eu"\n  region  = "eu-de"') + READING,
        env: {},
        files: {
          ".huaweicloud/credentials": `\ufeff[prod.eu]\r\nak = ${auditor.accessKey}\r\nsk = ${auditor.secretKey}\r\n`,
        },
      },
    ],
  ])("%s", async (_, { main = READING, env, files }) => {
    const project = await prepare(main, env, files);
    expect((await project.run("plan", "-detailed-exitcode")).code).toBe(0);
    expect(emulator.requests.at(-1)).toMatchObject({ api: "dumps", status: 200 });
    expect(emulator.requests.at(-1)?.path).toContain(own.id);
  });

  test("a token of an identity provider signs in, by arguments and by the SDKs' variables", async () => {
    const file = { "id-token": emulator.issueIdToken() };
    const place = { HW_REGION_NAME: "eu-de", HW_PROJECT_ID: own.id };
    const variables = {
      ...place,
      HUAWEICLOUD_SDK_IDP_ID: identityProvider.id,
      HUAWEICLOUD_SDK_ID_TOKEN_FILE: "HOME/id-token",
    };
    expect((await (await prepare(READING, variables, file)).run("plan")).code).toBe(0);
    const main = `variable "token_file" { type = string }\n${provider(`  idp_id        = "${identityProvider.id}"\n  id_token_file = var.token_file`)}${READING}`;
    const given = await prepare(main, { ...place, TF_VAR_token_file: "HOME/id-token" }, file);
    expect((await given.run("plan")).code).toBe(0);
    const gone = await prepare(main, { ...place, TF_VAR_token_file: "/nowhere" });
    expect((await failure(gone)).detail).toMatch(
      /argument id_token_file names a file that cannot be read: \/nowhere\./,
    );
  });

  test("two aliases with two profiles are two accounts", async () => {
    const main = `${["a", "b"].map((name) => `provider "auditgate" {\n  alias   = "${name}"\n  profile = "${name}"\n}\n${readingBy(name)}`).join("")}`;
    const profiles = [hcloudProfile("a", auditor), hcloudProfile("b", newcomer)];
    const project = await prepare(main, keys, { ".hcloud/config.json": JSON.stringify({ profiles }) });
    const { detail } = await failure(project);
    expect(detail).toMatch(/403.*profile "b" in /s);
    expect(emulator.requests.some(({ api, status }) => api === "dumps" && status === 200)).toBe(true);
  });

  test.each([
    ["a reading", READING],
    ["a gate", GATE],
  ])("%s without credentials names the arguments as they are written here", async (_, main) => {
    const { detail } = await failure(await prepare(main, { AUDITGATE_REGION: "eu-de" }));
    expect(detail).toMatch(/access_key and secret_key \(AUDITGATE_ACCESS_KEY, AUDITGATE_SECRET_KEY\)/);
    expect(detail).toMatch(/user_name, password and domain_name .*idp_id and id_token_file/);
    expect(detail).not.toMatch(/accessKey|secretKey|userName|domainName|idTokenFile/);
    expect(emulator.requests).toEqual([]);
  });

  test.each([
    ["OS_CLIENT_CONFIG_FILE", { OS_CLOUD: "x", OS_CLIENT_CONFIG_FILE: "/typo/clouds.yaml" }],
    ["HW_ACCESS_KEY", { ...keys, HW_ACCESS_KEY: "CANARY\nb", HW_REGION_NAME: "eu-de" }],
    // secretlint-disable-next-line
    [
      "HTTPS_PROXY",
      {
        ...keys,
        HW_PROJECT_ID: own.id,
        HTTPS_PROXY: "socks5h://me:CANARY@127.0.0.1:1080",
        AUDITGATE_DWS_ENDPOINT: "https://dws.audit.test",
      },
    ],
    ["OS_CACERT", { ...keys, HW_PROJECT_ID: own.id, OS_CACERT: "/dev/null" }],
  ])("what is wrong with %s is one error that names it", async (name, env: Env) => {
    const { detail } = await failure(await prepare(READING, env));
    expect(detail).toMatch(new RegExp(`^${name} `));
    expect(detail).not.toMatch(/CANARY|bug|panic/);
  });

  test("an authority of the system is trusted, and so is one of a cloud; another one is named", async () => {
    const { port } = tls.address() as AddressInfo;
    const env = {
      ...keys,
      HW_PROJECT_ID: own.id,
      AUDITGATE_DWS_ENDPOINT: `https://127.0.0.1:${port}`,
      // What a program's own Node.js is told does not reach the provider.
      NODE_OPTIONS: "--use-openssl-ca",
    };
    const system = { ...env, SSL_CERT_FILE: join(folder, "ca.pem") };
    expect((await (await prepare(READING, system)).run("plan")).code).toBe(0);
    const file = { ...env, OS_CACERT: join(folder, "ca.pem") };
    expect((await (await prepare(READING, file)).run("plan")).code).toBe(0);
    const { detail } = await failure(await prepare(READING, env));
    expect(detail).toMatch(/Private Root.*cacert_file/s);
  });
});
