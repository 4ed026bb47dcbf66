import { type ClientOptions, createClient, dwsAuditDumpRecords, evaluateGate, read } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterEach(() => emulator.reset());

afterAll(() => emulator.close());

const { agency, operator, project } = sample;
const question = { clusterId: sample.clusters.healthy };

async function readWith(env: { readonly [name: string]: string }, options: ClientOptions = {}) {
  await using client = createClient({
    ...options,
    env: {
      AUDITGATE_DWS_ENDPOINT: emulator.url,
      AUDITGATE_IAM_ENDPOINT: emulator.url,
      AUDITGATE_METADATA_ENDPOINT: emulator.url,
      AUDITGATE_PROJECT_ID: project.id,
      ...env,
    },
  });
  return await read(client, dwsAuditDumpRecords, question);
}

const asked = () => emulator.requests.map(({ path }) => path);

describe("the machine's own identity", () => {
  const ofTheOperator = () =>
    emulator.update(({ metadata }) => {
      if (metadata) Object.assign(metadata, { accountId: operator.domain.id, user: operator.name });
    });

  test("assumes the agency that is asked for", async () => {
    ofTheOperator();
    await expect(readWith({})).rejects.toMatchObject({ name: "AuditError" });
    const role = { HW_ASSUME_ROLE_AGENCY_NAME: agency.name, HW_ASSUME_ROLE_DOMAIN_NAME: agency.domainName };
    expect((await readWith(role)).complete).toBe(true);
    expect(asked()).toContain("/v3.0/OS-CREDENTIAL/securitytokens");
  });

  test.each<[string, { readonly AUDITGATE_METADATA?: string }, string | null]>([
    ["says so where it was had", {}, "the machine's own agency (ECS metadata)"],
    ["is not said where there is none", { AUDITGATE_METADATA: "off" }, null],
  ])("in the place of a verdict %s", async (_, env, identity) => {
    ofTheOperator();
    const own = {
      AUDITGATE_DWS_ENDPOINT: emulator.url,
      AUDITGATE_METADATA_ENDPOINT: emulator.url,
      AUDITGATE_REGION: "eu-de",
      AUDITGATE_PROJECT_ID: project.id,
    };
    await using client = createClient({ env: { ...own, ...env } });
    const { place } = await evaluateGate(client, {
      dwsAuditDumpRecords: [{ clusterIds: [question.clusterId], maxFailures: 0 }],
    });
    expect(place).toEqual({ region: "eu-de", projectId: project.id, identity });
  });

  test("never stands in where the agency cannot be assumed", async () => {
    const role = { HW_ASSUME_ROLE_AGENCY_NAME: "nobody", HW_ASSUME_ROLE_DOMAIN_NAME: agency.domainName };
    await expect(readWith(role)).rejects.toMatchObject({ code: "ERR_FORBIDDEN" });
  });

  test.each<[string, { readonly [name: string]: string }, ClientOptions]>([
    ["AUDITGATE_METADATA=off", { AUDITGATE_METADATA: "off" }, {}],
    ["the option metadata", {}, { metadata: false }],
    ["the setting metadata", {}, { settings: { metadata: false } }],
  ])("is not asked for with %s", async (_, env, options) => {
    await expect(readWith(env, options)).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: expect.stringMatching(/^No credentials were found/),
    });
    expect(asked()).toEqual([]);
  });

  test.each([
    ["http://metadata.example.com", /must use https/],
    ["http://169.254.example.com", /must use https/],
    // secretlint-disable-next-line
    ["http://user:canary@127.0.0.1:1", /must not hold a user name/],
    ["canary canary", /must be a URL/],
  ])("is not asked for at %s", async (endpoint, message) => {
    const refused = readWith({ AUDITGATE_METADATA_ENDPOINT: endpoint });
    await expect(refused).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: expect.stringMatching(message),
    });
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining("canary") });
  });

  test("needs no good endpoint where it is not needed", async () => {
    const env = {
      AUDITGATE_METADATA_ENDPOINT: "http://metadata.example.com",
      HW_AUTH_TOKEN: sample.auditor.token,
    };
    expect((await readWith(env)).complete).toBe(true);
  });
});

test("the agency of the settings is assumed by the credentials of the option beside them", async () => {
  const settings = { assumeRole: { agencyName: agency.name, domainName: agency.domainName } };
  const { accessKey, secretKey } = operator;
  expect((await readWith({}, { credentials: { accessKey, secretKey }, settings })).complete).toBe(true);
  const found = () => ({ accessKey, secretKey });
  expect((await readWith({}, { credentials: found, settings })).complete).toBe(true);
});

describe("an option that nothing would read is refused by name", () => {
  const options = (given: object) => () => createClient({ env: {}, ...given } as ClientOptions);

  test.each<[object, RegExp]>([
    [{ projectID: "canary" }, /^There is no option projectID; there are: .*projectId/],
    [{ endpoints: { dsw: "canary" } }, /^There is no option endpoints\.dsw; there are: dws, dds, iam/],
    [{ retry: { attempt: 1 } }, /^There is no option retry\.attempt/],
    [{ credentials: { accesKey: "canary" } }, /^There is no option credentials\.accesKey/],
    [
      { credentials: { token: "x", assumeRole: { name: "canary" } } },
      /^There is no option credentials\.assumeRole\.name/,
    ],
    [{ settings: { region_name: "canary" } }, /^There is no setting region_name/],
    [{ settings: { endpoints: { DWS: "canary" } } }, /^There is no setting endpoints\.DWS/],
    [
      { settings: { region_name: "canary" }, settingOrigin: (name: string) => `argument ${name}` },
      /^There is no argument region_name/,
    ],
    [{ region: 5 }, /^option region must be a text/],
    [{ projectId: 42_253_321_787_599 }, /^option projectId must be a text/],
    [{ region: " " }, /^option region must not be empty/],
    [{ endpoints: "canary" }, /^option endpoints must be an object/],
    [{ insecure: 1 }, /^option insecure must be true or false/],
    [{ constructor: "canary" }, /^There is no option constructor/],
  ])("%j", (given, message) => {
    expect(options(given)).toThrow(
      expect.objectContaining({ code: "ERR_CONFIG", message: expect.stringMatching(message) }),
    );
    expect(options(given)).not.toThrow(/canary/);
  });

  test("of a client of another region too", async () => {
    await using client = createClient({ env: {} });
    expect(() => client.with({ project: "x" } as object)).toThrow(
      /^There is no option project; there are: region, projectId/,
    );
  });

  test("and one that holds nothing is none", async () => {
    await using client = createClient({ env: {}, region: undefined, later: undefined } as ClientOptions);
    expect(client).toBeDefined();
  });
});
