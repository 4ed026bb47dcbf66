import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditgate } from "./run.ts";

jest.setTimeout(120_000);

const SECRET = `d41d8cd98f00&'";, %x`;
const MARK = "d41d8cd98f00";

type Env = Readonly<Record<string, string>>;

const KEY = { AUDITGATE_ACCESS_KEY: "ak-other", AUDITGATE_SECRET_KEY: "sk-other" };

/** Twelve kinds of secret, each where people have it. */
const kinds: { readonly [kind: string]: Env } = {
  "access key": { ...KEY, AUDITGATE_ACCESS_KEY: SECRET },
  "secret key": { ...KEY, AUDITGATE_SECRET_KEY: SECRET },
  "security token": { ...KEY, AUDITGATE_SECURITY_TOKEN: SECRET },
  token: { AUDITGATE_TOKEN: SECRET },
  password: { AUDITGATE_USER_ID: "u", AUDITGATE_PASSWORD: SECRET },
  passcode: { AUDITGATE_USER_ID: "u", AUDITGATE_PASSWORD: "pw", AUDITGATE_PASSCODE: SECRET },
  "secret key of the vendor's variables": { HW_ACCESS_KEY: "ak-other", HW_SECRET_KEY: SECRET },
  "password of OpenStack's variables": { OS_USER_ID: "u", OS_PASSWORD: SECRET },
  "secret key that is shadowed": { ...KEY, HW_ACCESS_KEY: SECRET, HW_SECRET_KEY: SECRET },
  "password of clouds.yaml": { OS_CLOUD: "canary" },
  "password of a proxy": { ...KEY, HTTPS_PROXY: `http://user:${encodeURIComponent(SECRET)}@127.0.0.1:9` },
  "password of a target": { CANARY: SECRET },
};

let server: Server;
/** Whether the service repeats the secret, as it can where it was told it. */
let isTold = true;
let folder: string;
let base: Env;

beforeAll(async () => {
  // It says what it was told.
  server = createServer((request, response) => {
    const said = {
      error_code: "APIGW.0301",
      error_msg: `X-Auth-Token ${isTold ? SECRET : ""} ${JSON.stringify(request.headers)}`,
    };
    response
      .writeHead(400, { "x-request-id": isTold ? encodeURIComponent(SECRET) : "r" })
      .end(JSON.stringify(said));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  base = {
    AUDITGATE_REGION: "eu-de",
    AUDITGATE_PROJECT_ID: "p",
    AUDITGATE_METADATA: "false",
    AUDITGATE_DWS_ENDPOINT: url,
    AUDITGATE_DDS_ENDPOINT: url,
    AUDITGATE_IAM_ENDPOINT: url,
  };
  folder = mkdtempSync(join(tmpdir(), "auditgate-canaries-"));
  mkdirSync(join(folder, "openstack"));
  const auth = { auth_url: `${url}/v3`, username: "u", user_domain_name: "d", password: SECRET };
  writeFileSync(join(folder, "clouds.yaml"), JSON.stringify({ clouds: { canary: { auth } } }));
  const target = { name: "t", userId: "u", password: "${CANARY}", endpoints: { iam: url } };
  const rules = [{ clusterIds: ["*"], maxFailures: 0 }];
  writeFileSync(
    join(folder, "policy.json"),
    JSON.stringify({ version: 1, targets: [target], dwsAuditDumpRecords: rules }),
  );
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("there are twelve kinds", () => {
  expect(Object.keys(kinds)).toHaveLength(12);
});

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  test.each(["text", "json"])("is in nothing that doctor says as %s", async (format) => {
    isTold = kind["HW_ACCESS_KEY"] !== SECRET;
    const policy = "CANARY" in kind ? ["policy.json"] : [];
    const https = "HTTPS_PROXY" in kind ? { AUDITGATE_DWS_ENDPOINT: "https://dws.audit.example" } : {};
    const env = { ...base, ...kind, ...https };
    const { stdout, stderr, code } = await auditgate(["doctor", ...policy, "--format", format], {
      env,
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(stdout).toContain("sign");
    const all = stdout + stderr;
    const forms = [
      MARK,
      Buffer.from(SECRET).toString("base64"),
      Buffer.from(`user:${SECRET}`).toString("base64"),
    ];
    expect(forms.filter((form) => all.includes(form))).toEqual([]);
  });
});
