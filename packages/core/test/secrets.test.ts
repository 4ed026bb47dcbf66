import { inspect } from "node:util";
import { type ClientOptions, createClient, ddsAuditLogs, dwsAuditDumpRecords, read } from "@auditgate/core";
import { type Emulator, type Fault, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterEach(() => emulator.reset());

afterAll(() => emulator.close());

const canary = (form: string) => `CANARY-${form}-d41d8cd98f00b204`;
const role = { agencyName: "audit-readers", domainName: "auditgate" };
const env = (values: { readonly [name: string]: string }) => ({
  env: { AUDITGATE_PROJECT_ID: "p", ...values },
});

/** Every form that a credential can have, its secrets replaced by canaries. */
const forms: { readonly [form: string]: ClientOptions } = {
  "access key": { credentials: { accessKey: canary("ak"), secretKey: canary("sk") } },
  "temporary key": {
    credentials: { accessKey: canary("ak"), secretKey: canary("sk"), securityToken: canary("st") },
  },
  token: { credentials: { token: canary("token") } },
  "user name and password": { credentials: { userName: "u", password: canary("pw"), domainName: "d" } },
  "user id and password": { credentials: { userId: "u", password: canary("pw") } },
  "password and passcode": { credentials: { userId: "u", password: canary("pw"), passcode: canary("totp") } },
  "agency by key": { credentials: { accessKey: canary("ak"), secretKey: canary("sk"), assumeRole: role } },
  "agency by password": {
    credentials: { userId: "u", password: canary("pw"), domainId: "d", assumeRole: role },
  },
  function: { credentials: () => ({ token: canary("fn") }) },
  "our variables": env({ AUDITGATE_ACCESS_KEY: canary("ak"), AUDITGATE_SECRET_KEY: canary("sk") }),
  "Huawei's variables": env({ HW_USER_ID: "u", HW_USER_PASSWORD: canary("pw") }),
  "OpenStack's variables": env({ OS_AUTH_TOKEN: canary("token") }),
  settings: { settings: { accessKey: canary("ak"), secretKey: canary("sk"), securityToken: canary("st") } },
};

const troubles: { readonly [trouble: string]: Fault | undefined } = {
  "the emulator's own refusal": undefined,
  "a refusal that echoes every header": {
    on: "all",
    status: 401,
    body: {
      text: JSON.stringify({
        error_code: "APIGW.0301",
        error_msg: "x-security-token:CANARY-st-d41d8cd98f00b204|x-auth-token: CANARY-token-d41d8cd98f00b204",
      }),
    },
  },
  "a broken connection": { on: "all", connection: "reset" },
  HTML: { on: "all", body: "html" },
};

describe.each(Object.keys(forms))("the secrets of the form %s", (form) => {
  test.each(Object.keys(troubles))(
    "are in no error, log line or inspected object after %s",
    async (trouble) => {
      const fault = troubles[trouble];
      if (fault) emulator.inject(fault);
      const seen: unknown[] = [];
      const logger = {
        debug: (...line: unknown[]) => seen.push(line),
        warn: (...line: unknown[]) => seen.push(line),
      };
      const options: ClientOptions = {
        region: "eu-de",
        projectId: sample.project.id,
        endpoints: { dws: emulator.url, dds: emulator.url, iam: emulator.url },
        env: {},
        ...forms[form],
        logger,
      };
      const client = createClient(options);
      seen.push(client, client.connection, client.with({ region: "eu-nl" }));
      seen.push(
        await Promise.allSettled([
          read(client, dwsAuditDumpRecords, { clusterId: sample.clusters.healthy }),
          read(client, ddsAuditLogs, { instanceId: sample.instances.healthy, last: "1d" }),
        ]),
      );
      await client.close();
      const everything = seen
        .map((each) => inspect(each, { depth: 20, showHidden: true, getters: true }))
        .join("\n");
      expect(everything).toContain("AuditError");
      expect(everything).not.toContain("d41d8cd98f00b204");
    },
  );
});
