import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AuditErrorCode, Diagnosis } from "@auditgate/core";
import { type Emulator, type Fault, sample, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./run.ts";

jest.setTimeout(120_000);

type Env = Readonly<Record<string, string>>;

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.reset();
  folder = mkdtempSync(join(tmpdir(), "auditgate-doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function diagnosed(env: Env, ...args: readonly string[]): Promise<Diagnosis> {
  const options = { env, cwd: folder };
  const { stdout } = await auditgate(["doctor", ...args, "--format", "json"], options);
  const { targets } = JSON.parse(stdout) as { readonly targets: readonly Diagnosis[] };
  return targets[0]!;
}

/** What is in the way: a fault of the emulator, other variables, or what the policy names. */
interface State {
  readonly what: string;
  readonly fault?: Fault;
  readonly env?: Env;
  readonly clusterId?: string;
  readonly step: string;
  readonly found: RegExp;
  readonly next: RegExp;
}

/** For each code what leads to it, and what doctor makes of it. */
const states: Readonly<{ [code in Exclude<AuditErrorCode, "ERR_ABORTED">]: readonly State[] }> = {
  ERR_CONFIG: [
    {
      what: "a setting that is malformed",
      env: { AUDITGATE_TIMEOUT_SECONDS: "soon" },
      step: "settings",
      found: /AUDITGATE_TIMEOUT_SECONDS/,
      next: /^Put right the setting/,
    },
  ],
  ERR_ARGUMENT: [
    {
      what: "an id that the service refuses",
      fault: { on: "dumps", status: 400, code: "DWS.0001", message: "Invalid parameter." },
      clusterId: sample.clusters.healthy,
      step: "query",
      found: /DWS\.0001/,
      next: /^Look at the id in the policy/,
    },
  ],
  ERR_UNAUTHENTICATED: [
    {
      what: "a key that is refused",
      env: { AUDITGATE_SECRET_KEY: "x".repeat(40) },
      step: "sign-in",
      found: /APIGW\.0301/,
      next: /^Look at the credentials/,
    },
  ],
  ERR_FORBIDDEN: [
    {
      what: "a key without permission",
      env: {
        AUDITGATE_ACCESS_KEY: sample.newcomer.accessKey,
        AUDITGATE_SECRET_KEY: sample.newcomer.secretKey,
      },
      step: "query",
      found: /HTTP 403/,
      next: /granted in this project/,
    },
  ],
  ERR_NOT_FOUND: [
    {
      what: "a cluster that is not there",
      clusterId: "a0d17a7e-c001-4000-8000-00000000ffff",
      step: "query",
      found: /dws|cluster/i,
      next: /^Compare the id in the policy with the console/,
    },
  ],
  ERR_THROTTLED: [
    {
      what: "a service that asks to slow down",
      fault: { on: "clusters", status: 429, code: "APIGW.0308", message: "Too many requests." },
      step: "query",
      found: /HTTP 429/,
      next: /^Wait a minute/,
    },
  ],
  ERR_SERVER: [500, 502, 503, 504].map((status) => ({
    what: `a service that answers ${status}`,
    fault: { on: "clusters", status } as const,
    step: "query",
    found: new RegExp(`HTTP ${status}`),
    next: /^Try again later; the request id/,
  })),
  ERR_CONNECTION: [
    {
      what: "connections that break in the middle",
      fault: { on: "clusters", connection: "reset-in-body" },
      step: "query",
      found: /127\.0\.0\.1/,
      next: /firewall/,
    },
    {
      what: "a port that nobody listens to",
      env: { AUDITGATE_DWS_ENDPOINT: "http://127.0.0.1:1" },
      step: "endpoint",
      found: /127\.0\.0\.1:1/,
      next: /firewall/,
    },
  ],
  ERR_TIMEOUT: [
    {
      what: "a service that never answers",
      fault: { on: "all", connection: "hang" },
      step: "query",
      found: /^Nothing has answered within 4 s\.$/,
      next: /firewall/,
    },
    {
      what: "a service that says that it was too slow",
      fault: { on: "clusters", status: 408 },
      step: "query",
      found: /HTTP 408/,
      next: /^Try again later/,
    },
  ],
  ERR_RESPONSE: [
    ...(["html", "empty", "list"] as const).map((body) => ({
      what: `a body that is ${body}`,
      fault: { on: "clusters", status: 200, body } as const,
      step: "query",
      found: /no JSON object/,
      next: /^See what answers at that address/,
    })),
    {
      what: "half of an answer",
      fault: { on: "clusters", truncate: "json" },
      step: "query",
      found: /truncated/,
      next: /^See what answers at that address/,
    },
    {
      what: "a redirect to a sign-in page",
      fault: { on: "clusters", status: 302, headers: { location: "https://login.example" } },
      step: "query",
      found: /302/,
      next: /^See what answers at that address/,
    },
  ],
  ERR_INCOMPLETE: [
    {
      what: "a list that is shorter than its total",
      fault: { on: "clusters", total: { add: 3 } },
      step: "query",
      found: /cannot be proved complete: total-mismatch/,
      next: /contradicts itself/,
    },
  ],
  ERR_UNSUPPORTED: [
    {
      what: "an endpoint without this API",
      fault: { on: "clusters", status: 404, code: "APIGW.0101", message: "The API does not exist." },
      step: "query",
      found: /APIGW\.0101/,
      next: /whether this region has the service/,
    },
  ],
};

test("every code of docs/errors.md is looked at here", () => {
  const page = readFileSync(resolve(__dirname, "../../../docs/errors.md"), "utf8");
  const documented = [...page.matchAll(/^## (ERR_\w+)$/gm)].map(([, code]) => code);
  // Who stops doctor is shown nothing; below.
  expect(new Set(documented)).toEqual(new Set([...Object.keys(states), "ERR_ABORTED"]));
});

const cases = Object.entries(states).flatMap(([code, own]) =>
  own.map((state) => [code, state.what, state] as const),
);

test.each(cases)("%s, %s, is told with what to do", async (code, _, state) => {
  const { fault, env = {}, clusterId, step, found, next } = state;
  if (fault) emulator.inject(fault);
  const policy = clusterId === undefined ? [] : ["policy.yaml"];
  writeFileSync(
    join(folder, "policy.yaml"),
    `version: 1\ndwsAuditDumpRecords:\n  - { clusterIds: ["${clusterId}"], maxFailures: 0 }\n`,
  );
  const { steps, passed } = await diagnosed({ ...emulator.env, ...env }, ...policy);
  expect(passed).toBe(false);
  const [first] = steps.filter(({ outcome }) => outcome === "failed");
  expect(first).toMatchObject({
    step,
    code,
    found: expect.stringMatching(found),
    next: expect.stringMatching(next),
  });
});

test("ERR_ABORTED: who stops it is told nothing more, and 130", async () => {
  emulator.inject({ on: "all", connection: "hang" });
  const { code, stdout } = await auditgate(["doctor"], {
    env: emulator.env,
    cwd: folder,
    begun: (child) => void setTimeout(() => child.kill("SIGINT"), 1500),
  });
  expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
});

describe("signing in without a key", () => {
  const keyless = (): Env => {
    const { AUDITGATE_ACCESS_KEY: _, AUDITGATE_SECRET_KEY: __, ...others } = emulator.env;
    return { ...others, AUDITGATE_METADATA: "off" };
  };
  const federated = (token: string): Env => {
    writeFileSync(join(folder, "id-token"), `${token}\n`);
    return {
      ...keyless(),
      HUAWEICLOUD_SDK_IDP_ID: sample.identityProvider.id,
      HUAWEICLOUD_SDK_ID_TOKEN_FILE: join(folder, "id-token"),
    };
  };

  test("by an identity provider's token works, and says whose file it was", async () => {
    const { passed, steps } = await diagnosed(federated(emulator.issueIdToken()));
    expect(steps.find(({ step }) => step === "sign-in")?.found).toContain("HUAWEICLOUD_SDK_ID_TOKEN_FILE");
    expect(passed).toBe(true);
  });

  test.each([
    ["that has ended", () => emulator.issueIdToken({ seconds: -60 }), /has to be issued anew/],
    ["that nobody issued", () => "no.such.token", /sign|token/i],
  ])("a token %s fails where one signs in, and is not shown", async (_, issue, found) => {
    const token = issue();
    const { steps } = await diagnosed(federated(token));
    expect(steps.find(({ outcome }) => outcome === "failed")).toMatchObject({
      step: "sign-in",
      found: expect.stringMatching(found),
      next: expect.stringMatching(/\S/),
    });
    expect(JSON.stringify(steps)).not.toContain(token);
  });

  const contained = (token: string): Env => {
    writeFileSync(join(folder, "container-token"), `${token}\n`);
    return {
      ...keyless(),
      HC_CONTAINER_CREDENTIALS_FULL_URI: `${emulator.url}/v1/credentials`,
      HC_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(folder, "container-token"),
    };
  };

  test("by a container's credentials works, and says whose they were", async () => {
    const { passed, steps } = await diagnosed(contained(sample.container.token));
    expect(steps.find(({ step }) => step === "sign-in")?.found).toContain(
      "HC_CONTAINER_CREDENTIALS_FULL_URI",
    );
    expect(passed).toBe(true);
  });

  test("a container's token that is refused fails where one signs in, and is not shown", async () => {
    const { steps } = await diagnosed(contained("CANARY-of-the-pod"));
    expect(steps.find(({ outcome }) => outcome === "failed")).toMatchObject({
      step: "sign-in",
      found: expect.stringMatching(/HTTP 401/),
      next: expect.stringMatching(/^Look at the credentials/),
    });
    expect(JSON.stringify(steps)).not.toContain("CANARY");
  });
});
