import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server } from "node:tls";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { servePrivately } from "../../../test/doors/private-authority.ts";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

jest.setTimeout(120_000);

const { auditor, clusters, identityProvider, newcomer, operator, project } = sample;
const clusterId = clusters.healthy;

let emulator: Emulator;
let at: Scratch;
let home: string;
let tls: Server;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  home = mkdtempSync(join(tmpdir(), "auditgate-pulumi-home-"));
  const profileOf = (name: string, user: { readonly accessKey: string; readonly secretKey: string }) => ({
    name,
    accessKeyId: user.accessKey,
    secretAccessKey: user.secretKey,
    region: "eu-de",
  });
  const profiles = [profileOf("a", auditor), profileOf("b", newcomer)];
  mkdirSync(join(home, ".hcloud"));
  writeFileSync(join(home, ".hcloud", "config.json"), JSON.stringify({ profiles }));
  tls = await servePrivately(home, emulator.url);
});

afterAll(async () => {
  tls.close();
  await emulator.close();
  at.remove();
  rmSync(home, { recursive: true });
});

beforeEach(() => emulator.reset());

const endpoints = () => ({ dws: emulator.url, dds: emulator.url, iam: emulator.url });

/** The environment of the process that reads: not the program's. */
const environment = (more: { readonly [name: string]: string } = {}) => ({
  HOME: home,
  AUDITGATE_METADATA: "off",
  AUDITGATE_MAX_RETRIES: "0",
  HW_ACCESS_KEY: operator.accessKey,
  HW_SECRET_KEY: operator.secretKey,
  ...more,
});

test("a Provider's profile beats keys of the environment, and two Providers are two accounts", async () => {
  const stack = (name: string, profile: string) =>
    inlineStack(at, {
      name,
      env: environment({ OS_PROJECT_ID: "ffffffffffffffffffffffffffffffff" }),
      program: async () => {
        const provider = new auditgate.Provider("own", {
          profile,
          projectName: project.name,
          endpoints: endpoints(),
        });
        return { total: new auditgate.DwsAuditDumpRecords("dumps", { clusterId }, { provider }).total };
      },
    });
  const { outputs } = await (await stack("profile-a", "a")).up();
  expect(outputs["total"]?.value).toBe(336);
  expect(emulator.requests.at(-1)?.path).toContain(project.id);
  await expect((await stack("profile-b", "b")).preview()).rejects.toThrow(/403: .*profile "b" in /);
});

test("a profile of the stack's configuration beats keys of the environment", async () => {
  const stack = await inlineStack(at, {
    name: "stack-profile",
    env: environment({ HTTPS_PROXY: "socks5h://127.0.0.1:1080", OS_AUTH_URL: "http://10.0.0.5:5000/v3" }),
    config: {
      "auditgate:profile": { value: "a" },
      "auditgate:endpoints": { value: JSON.stringify(endpoints()) },
    },
    program: async () => ({ total: new auditgate.DwsAuditDumpRecords("dumps", { clusterId }).total }),
  });
  expect((await stack.up()).outputs["total"]?.value).toBe(336);
});

test("a token of an identity provider signs in", async () => {
  const file = join(home, "id-token");
  writeFileSync(file, emulator.issueIdToken());
  const stack = await inlineStack(at, {
    name: "keyless",
    env: environment({ HW_ACCESS_KEY: "", HW_SECRET_KEY: "" }),
    config: {
      "auditgate:region": { value: "eu-de" },
      "auditgate:endpoints": { value: JSON.stringify(endpoints()) },
      "auditgate:idpId": { value: identityProvider.id },
      "auditgate:idTokenFile": { value: file },
    },
    program: async () => ({ total: new auditgate.DwsAuditDumpRecords("dumps", { clusterId }).total }),
  });
  expect((await stack.up()).outputs["total"]?.value).toBe(336);
});

test("without credentials, and with the machine's forbidden, the error names the keys of the configuration", async () => {
  const stack = await inlineStack(at, {
    name: "nobody",
    env: environment({ HOME: "/nonexistent", HW_ACCESS_KEY: "", HW_SECRET_KEY: "" }),
    config: {
      "auditgate:region": { value: "eu-de" },
      "auditgate:endpoints": { value: JSON.stringify(endpoints()) },
    },
    program: async () => void new auditgate.DwsAuditDumpRecords("dumps", { clusterId }),
  });
  await expect(stack.preview()).rejects.toThrow(
    /No credentials were found .*accessKey and secretKey .*idpId and idTokenFile/,
  );
  expect(emulator.requests).toEqual([]);
});

test.each([
  ["SSL_CERT_FILE", true],
  ["OS_CACERT", true],
  ["UNRELATED", false],
])("an authority that %s names is trusted: %s", async (variable, isTrusted) => {
  const stack = await inlineStack(at, {
    name: `authority-${variable.toLowerCase().replaceAll("_", "-")}`,
    env: environment({ [variable]: join(home, "ca.pem") }),
    config: {
      "auditgate:profile": { value: "a" },
      "auditgate:projectId": { value: project.id },
      "auditgate:endpoints": {
        value: JSON.stringify({
          ...endpoints(),
          dws: `https://127.0.0.1:${(tls.address() as AddressInfo).port}`,
        }),
      },
    },
    program: async () => ({ total: new auditgate.DwsAuditDumpRecords("dumps", { clusterId }).total }),
  });
  const said = await stack.up().then(({ outputs }) => String(outputs["total"]?.value), String);
  expect(said).toMatch(isTrusted ? /^336$/ : /Cannot trust .* is signed by "Private Root"/);
});
