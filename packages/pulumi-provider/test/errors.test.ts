import type { ConfigMap, PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./package.ts";
import { inlineStack, programStack, type Scratch, scratch } from "./stack.ts";

const clusterId = sample.clusters.healthy;

let emulator: Emulator;
let at: Scratch;
let stacks = 0;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

const reading: PulumiFn = async () => {
  new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
};

/** Everything that the CLI prints for a preview that must fail. */
async function failureOf(
  program: PulumiFn | string,
  env: { readonly [name: string]: string } = {},
  config: ConfigMap = {},
): Promise<string> {
  const options = {
    name: `failing-${stacks++}`,
    config,
    env: {
      ...emulator.env,
      AUDITGATE_MAX_RETRIES: "0",
      // No machine of a cloud lends its identity here.
      AUDITGATE_METADATA_ENDPOINT: "http://127.0.0.1:1",
      ...env,
    },
  };
  // A failing program must not run in this process: jest would take its error for the suite's.
  const stack = await (typeof program === "string"
    ? programStack(at, { ...options, files: { "index.mjs": program } })
    : inlineStack(at, { ...options, program }));
  const lines: string[] = [];
  await expect(stack.preview({ onOutput: (text) => lines.push(text) })).rejects.toThrow("exit code");
  const text = lines.join("");
  expect(text).not.toMatch(/^ +at |\.[cm]?[jt]s:\d|node_modules|unhandled|\[object/m);
  return text.slice(text.indexOf("Diagnostics:"));
}

test.each([
  [
    "wrong credentials",
    { AUDITGATE_SECRET_KEY: "canary-wrong-secret" },
    /401: APIGW\.0301 .* AUDITGATE_ACCESS_KEY/,
  ],
  [
    "an unreachable endpoint",
    { AUDITGATE_DWS_ENDPOINT: "http://127.0.0.1:1" },
    /Cannot reach http:\/\/127\.0\.0\.1:1/,
  ],
  [
    "missing credentials",
    { AUDITGATE_ACCESS_KEY: "", AUDITGATE_SECRET_KEY: "" },
    /accessKey.*AUDITGATE_ACCESS_KEY.*pulumi config set --secret auditgate:accessKey/,
  ],
  [
    "a malformed setting",
    { AUDITGATE_DWS_ENDPOINT: "ftp://somewhere" },
    /AUDITGATE_DWS_ENDPOINT must use https/,
  ],
])(
  "%s is one message of the resource, without stack or secret",
  async (_, env, message) => {
    const text = await failureOf(reading, env);
    expect(text).toMatch(message);
    expect(text).not.toContain("canary");
    expect(text.match(/error:/g)).toHaveLength(2);
    expect(text).toContain("error: preview failed");
  },
  120_000,
);

test("an unknown cluster and a malformed id are one message each", async () => {
  const text = await failureOf(async () => {
    new auditgate.DwsAuditDumpRecords("unknown", { clusterId: sample.clusters.unknown });
    new auditgate.DwsParameterModificationRecords("malformed", { clusterId: "c1" });
    new auditgate.DdsAuditLogs("backwards", {
      instanceId: sample.instances.healthy,
      startTime: "2026-02-01T00:00:00Z",
      endTime: "2026-01-01T00:00:00Z",
    });
  });
  expect(text).toMatch(/\(unknown\):\n +error: .*404: DWS\.3027 The cluster does not exist/);
  expect(text).toMatch(/\(malformed\):\n +error: .*clusterId .* cannot be "c1"/);
  expect(text).toMatch(/\(backwards\):\n +error: .*endTime must be later than startTime/);
}, 120_000);

test.each([
  [
    "a function",
    "await auditgate.getDwsAuditDumpRecords({ clusterId: 'c1' });",
    /getDwsAuditDumpRecords: clusterId .* "c1"/,
  ],
  [
    "a function with outputs",
    "auditgate.getDdsAuditLogsOutput({ instanceId: pulumi.output('i1') });",
    /getDdsAuditLogs: startTime is missing: give startTime and endTime, or last\./,
  ],
  [
    "a function without credentials",
    "process.env.AUDITGATE_ACCESS_KEY = process.env.AUDITGATE_SECRET_KEY = ''; await auditgate.getDdsAuditLogs({ instanceId: 'i1', last: '1d' });",
    /getDdsAuditLogs: No credentials were found.*pulumi config set --secret auditgate:accessKey/,
  ],
  [
    "a mistyped argument",
    "new auditgate.DwsAuditDumpRecords('dumps', { cluster: 'c1' });",
    /error: cluster is no argument of DwsAuditDumpRecords; there are: clusterId/,
  ],
  [
    "a mistyped setting of a provider",
    "new auditgate.Provider('p', { regoin: 'eu-de' });",
    /error: regoin is no argument of Provider; there are: cloud, region, /,
  ],
  [
    "a provider of another package",
    "await auditgate.getDdsAuditLogs({ instanceId: 'i1' }, { provider: new pulumi.ProviderResource('pulumi-nodejs', 'p', {}) });",
    /error: provider must be a Provider of @auditgate\/pulumi-provider/,
  ],
  [
    "an import of what is read",
    "new auditgate.DdsInstances('instances', {}, { import: 'all' });",
    /error: import is no option of what is only read: .*each preview and up reads it\.$/m,
  ],
  [
    "an import of a gate",
    "new auditgate.AuditGate('gate', {}, { import: 'gate' });",
    /error: import is no option of what is only read: .*each preview and up reads it\.$/m,
  ],
])(
  "%s fails the program with one line",
  async (_, code, message) => {
    const text = await failureOf(
      `import * as pulumi from "@pulumi/pulumi"; import * as auditgate from "@auditgate/pulumi-provider"; ${code}`,
    );
    expect(text).toMatch(message);
    expect(text.match(/error:/g)).toHaveLength(1);
  },
  120_000,
);

test.each([
  ["a resource", "new auditgate.DwsAuditDumpRecords('dumps', { clusterId: 'c1' });"],
  ["a gate", "new auditgate.AuditGate('gate', {});"],
  ["a function", "await auditgate.getDwsAuditDumpRecords({ clusterId: 'c1' });"],
])(
  "a mistyped configuration key fails the program of %s with one line, without the value",
  async (_, code) => {
    const text = await failureOf(
      `import * as auditgate from "@auditgate/pulumi-provider"; ${code}`,
      {},
      { "auditgate:acessKey": { value: "canary", secret: true } },
    );
    expect(text).toContain(
      "error: auditgate:acessKey in the stack's configuration is no setting; did you mean auditgate:accessKey?\n",
    );
    expect(text).not.toContain("canary");
    expect(text.match(/error:/g)).toHaveLength(1);
  },
  120_000,
);

test("an error says under which configuration key a setting came", async () => {
  const { accessKey } = sample.auditor;
  const refused = await failureOf(
    reading,
    {},
    {
      "auditgate:accessKey": { value: accessKey, secret: true },
      "auditgate:secretKey": { value: "canary-wrong-secret", secret: true },
    },
  );
  expect(refused).toMatch(/401: .* Signed in with the access key of auditgate:accessKey\./);
  const malformed = { "auditgate:endpoints": { value: '{"dws":"ftp://somewhere"}' } };
  expect(await failureOf(reading, {}, malformed)).toMatch(/error: .*auditgate:endpoints\.dws must use https/);
}, 120_000);

test("escape characters and workflow commands in an answer are printed harmlessly", async () => {
  const fault = emulator.inject({ status: 400, code: "DWS.1", message: "\n::error::gotcha\u001b[31m" });
  const text = await failureOf(reading);
  await fault.remove();
  expect(text).toContain("gotcha");
  expect(text).not.toMatch(/^::error/m);
  expect(text).not.toContain("\u001b[31m");
}, 120_000);
