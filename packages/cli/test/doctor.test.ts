import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import type { Diagnosis } from "@auditgate/core";
import { auditgate } from "./run.ts";

jest.setTimeout(120_000);

type Env = Readonly<Record<string, string>>;

let emulator: Emulator;
let folder: string;
/** The emulator behind TLS, with a certificate that nobody knows. */
let tls: NetServer;
/** A proxy that wants a password, whatever it is given. */
let proxy: Server;

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
const listen = (server: NetServer | Server) =>
  new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-doctor-"));
  const subject = ["-subj", "/CN=audit.test", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "ca.pem"];
  execFileSync("openssl", ["req", "-x509", ...key, ...subject], { cwd: folder, stdio: "ignore" });
  emulator = await startEmulator();
  const port = Number(new URL(emulator.url).port);
  const pair = { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "ca.pem")) };
  tls = createTlsServer(pair, (socket) => {
    const onward = connect(port, "127.0.0.1");
    for (const each of [socket, onward]) each.on("error", () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  proxy = createServer();
  proxy.on("connect", (_, socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
  await Promise.all([listen(tls), listen(proxy)]);
});
afterAll(async () => {
  tls.close();
  proxy.close();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => emulator.reset());

const doctor = (env: Env, ...args: readonly string[]) => auditgate(["doctor", ...args], { env, cwd: folder });
const without = (env: Env, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

async function diagnosed(env: Env, ...args: readonly string[]): Promise<Diagnosis> {
  const { stdout } = await doctor(env, ...args, "--format", "json");
  const { targets } = JSON.parse(stdout) as { readonly targets: readonly Diagnosis[] };
  return targets[0]!;
}

test("where everything works it says so, with where each setting comes from and what else says it", async () => {
  const { code, stdout } = await doctor({ ...emulator.env, HW_REGION_NAME: "eu-nl", HW_ACCESS_KEY: "x" });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}region +eu-de +AUDITGATE_REGION; not used: HW_REGION_NAME$/m);
  expect(stdout).toMatch(/^ {2}secretKey +set, 40 characters +AUDITGATE_SECRET_KEY$/m);
  for (const query of ["dws_clusters", "dds_instances", "dws_audit_dump_records", "dds_audit_logs"])
    expect(stdout).toMatch(new RegExp(`^ {2}ok +query ${query}: answered`, "m"));
  expect(stdout).toMatch(/Everything works\.\n$/);
});

/** Each failing state: the environment, the step that fails, what it says and what is to be done. */
const states: readonly (readonly [
  what: string,
  env: () => Env,
  step: string,
  found: RegExp,
  next: RegExp,
])[] = [
  [
    "no credentials",
    () => ({
      ...without(emulator.env, "AUDITGATE_ACCESS_KEY", "AUDITGATE_SECRET_KEY"),
      AUDITGATE_METADATA: "false",
    }),
    "sign-in",
    /No credentials were found/,
    /AUDITGATE_ACCESS_KEY and AUDITGATE_SECRET_KEY/,
  ],
  [
    "nothing set at all",
    () => ({ AUDITGATE_METADATA: "false" }),
    "endpoint",
    /No region is known/,
    /Set the region that the policy is about \(AUDITGATE_REGION\)/,
  ],
  [
    "half of a key",
    () => without(emulator.env, "AUDITGATE_SECRET_KEY"),
    "settings",
    /secretKey/,
    /Put right secretKey|Put right/,
  ],
  [
    "a wrong key",
    () => ({ ...emulator.env, AUDITGATE_SECRET_KEY: "x".repeat(40) }),
    "sign-in",
    /APIGW\.0301/,
    /Look at the credentials that are named/,
  ],
  [
    "a right key without permission",
    () => ({
      ...emulator.env,
      AUDITGATE_ACCESS_KEY: sample.newcomer.accessKey,
      AUDITGATE_SECRET_KEY: sample.newcomer.secretKey,
    }),
    "query",
    /HTTP 403/,
    /dws:cluster:list granted/,
  ],
  [
    "an unknown project",
    () => ({ ...without(emulator.env, "AUDITGATE_PROJECT_ID"), AUDITGATE_PROJECT_NAME: "eu-de_nowhere" }),
    "project",
    /No project named "eu-de_nowhere"/,
    /Set projectId/,
  ],
  [
    "a region without the service",
    () => {
      emulator.inject({
        on: "clusters",
        status: 404,
        code: "APIGW.0101",
        message: "The API does not exist.",
      });
      return emulator.env;
    },
    "query",
    /APIGW\.0101/,
    /whether this region has the service/,
  ],
  [
    "a clock ten minutes off",
    () => {
      emulator.inject({ on: "all", clockSkewMs: 600_000 });
      return emulator.env;
    },
    "clock",
    /this machine's is 9m \d+s behind|this machine's is 10m/,
    /Set this machine's clock/,
  ],
  [
    "a proxy that refuses",
    () => ({
      ...emulator.env,
      AUDITGATE_DWS_ENDPOINT: "https://dws.audit.example",
      // secretlint-disable-next-line
      HTTPS_PROXY: `http://user:word@127.0.0.1:${portOf(proxy)}`,
    }),
    "endpoint",
    /through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\): the proxy answered HTTP 407/,
    /the proxy's address, user and password/,
  ],
  [
    "an unknown authority",
    () => ({ ...emulator.env, AUDITGATE_DWS_ENDPOINT: `https://127.0.0.1:${portOf(tls)}` }),
    "endpoint",
    /Cannot trust .*audit\.test, by audit\.test, until /,
    /set cacertFile/,
  ],
  [
    "a host that is not found",
    () => ({ ...emulator.env, AUDITGATE_DWS_ENDPOINT: "https://dws.audit.invalid" }),
    "endpoint",
    /host not found|host name lookup failed/,
    /whether region and cloud are right/,
  ],
  [
    "throttling",
    () => {
      emulator.inject({ on: "clusters", status: 429, code: "APIGW.0308", message: "Too many requests." });
      return emulator.env;
    },
    "query",
    /HTTP 429/,
    /Wait a minute/,
  ],
];

test.each(states)("%s is told with the one thing to do, last of all", async (_, env, step, found, next) => {
  const given = env();
  const { code, stdout } = await doctor(given);
  expect(code).toBe(1);
  const { steps, passed } = await diagnosed(given);
  expect(passed).toBe(false);
  const [first] = steps.filter(({ outcome }) => outcome === "failed");
  expect(first).toMatchObject({
    step,
    found: expect.stringMatching(found),
    next: expect.stringMatching(next),
  });
  // The request of the second run has another id, and it was some milliseconds later.
  expect(stdout).toMatch(next);
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  expect(last).toMatch(/^(?:1 step has|\d+ steps have) failed\. Next: \S/);
  expect(last).toMatch(next);
  for (const each of steps) expect(each.next !== null).toBe(each.outcome === "failed");
});

test("the certificates of an endpoint are shown, each with its issuer and its end", async () => {
  const env = { ...emulator.env, AUDITGATE_DWS_ENDPOINT: `https://127.0.0.1:${portOf(tls)}` };
  const { code, stdout } = await doctor({ ...env, OS_CACERT: join(folder, "ca.pem") });
  expect(stdout).toMatch(
    /ok +endpoint dws: https:\/\/127\.0\.0\.1:\d+: TLSv1\.3, certificates: audit\.test, by audit\.test, until /,
  );
  expect(code).toBe(0);
});

test("where nothing answers, it waits for 4 s once and says so", async () => {
  const timed = async () => {
    const started = performance.now();
    const run = await doctor(emulator.env);
    return { ...run, ms: performance.now() - started };
  };
  const answered = await timed();
  emulator.inject({ on: "all", connection: "hang" });
  const { code, stdout, ms } = await timed();
  expect(ms - answered.ms).toBeLessThan(2 * 4_000);
  expect(code).toBe(1);
  expect(stdout).toContain("Nothing has answered within 4 s.");
});

test.each([
  [
    "eu-de",
    `dwsAuditDumpRecords:\n  - { clusterIds: ["${sample.clusters.healthy}"], maxFailures: 0 }`,
    ["dws:*:get*", "dws:*:list*"],
  ],
  [
    "ap-southeast-1",
    `dwsAuditDumpRecords:\n  - { clusterIds: ["${sample.clusters.healthy}"], maxFailures: 0 }`,
    ["dws:cluster:listAuditLog"],
  ],
  [
    "ap-southeast-1",
    `dwsParameterModificationRecords:\n  - { clusterIds: ["*"], maxChanges: 9 }\nddsAuditLogs:\n  - { instanceIds: ["${sample.instances.healthy}"], nodeIds: ["*"], within: 1d }`,
    [
      "dds:instance:listAll",
      "dds:instance:listAuditLog",
      "dws:cluster:list",
      "dws:cluster:listHistoryConfig",
    ],
  ],
])("in %s, %s needs exactly %s", async (region, rules, actions) => {
  writeFileSync(join(folder, "policy.yaml"), `version: 1\n${rules}\n`);
  const env = { ...emulator.env, AUDITGATE_REGION: region };
  const { permissions } = await diagnosed(env, "policy.yaml");
  expect(permissions).toEqual([{ Version: "1.1", Statement: [{ Effect: "Allow", Action: actions }] }]);
});

test("each target is looked at, or the one that is named, and an unknown one is a usage error", async () => {
  const { AUDITGATE_DWS_ENDPOINT: dws = "" } = emulator.env;
  writeFileSync(
    join(folder, "policy.yaml"),
    `version: 1
targets:
  - { name: here, endpoints: { dws: "${dws}" } }
  - { name: away, endpoints: { dws: "http://127.0.0.1:1" } }
dwsAuditDumpRecords:
  - { clusterIds: ["${sample.clusters.healthy}"], maxFailures: 0 }
`,
  );
  const { code, stdout } = await doctor(emulator.env, "policy.yaml");
  expect(code).toBe(1);
  expect(stdout).toContain("Target here\n");
  expect(stdout).toContain("endpoints.dws of target away");
  expect(await doctor(emulator.env, "policy.yaml", "--target", "here")).toMatchObject({ code: 0 });
  expect(await doctor(emulator.env, "policy.yaml", "--target", "nowhere")).toMatchObject({ code: 2 });
});
