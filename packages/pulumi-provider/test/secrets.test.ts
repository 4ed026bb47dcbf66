import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { ConfigMap, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, type EmulatorData, sample, startEmulator } from "@auditgate/emulator";
import { engines } from "../../../scripts/engines/locate.ts";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const clusterId = sample.clusters.healthy;
const [nodeId] = sample.nodes.healthy;

// A key pair per way in, each with a secret that appears nowhere by chance.
const canaries = {
  config: { access: "CANARYCONFIGACCESS", secret: "canary-config-secret" },
  environment: { access: "CANARYENVACCESS", secret: "canary-environment-secret" },
  provider: { access: "CANARYPROVIDERACCESS", secret: "canary-provider-secret" },
};

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.update((data: EmulatorData) => {
    const auditor = data.accounts[0]?.users.find(({ name }) => name === sample.auditor.name);
    auditor?.accessKeys?.push(...Object.values(canaries));
  });
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

/** Previews, ups, refreshes and fails a stack; returns all that was printed, logged and stored. */
async function tracesOf(name: string, program: PulumiFn, config: ConfigMap = {}, env = {}): Promise<string> {
  const { AUDITGATE_ACCESS_KEY: _, AUDITGATE_SECRET_KEY: __, ...place } = emulator.env;
  const stack: Stack = await inlineStack(at, { name, program, config, env: { ...place, ...env } });
  const traces: string[] = [];
  const onOutput = (text: string) => traces.push(text);
  const onEvent = (event: object) => traces.push(JSON.stringify(event));
  const log = { onOutput, onEvent, onError: onOutput, debug: true };
  await stack.preview(log);
  await stack.up(log);
  await stack.refresh(log);
  // Not through the Automation API: its export asks for the secrets in plain text.
  const { workDir: cwd, envVars } = stack.workspace;
  const arguments_ = ["stack", "export", "--stack", name];
  const { stdout } = await promisify(execFile)(engines().pulumi, arguments_, {
    cwd,
    env: { ...process.env, ...envVars },
  });
  traces.push(stdout);
  const fault = emulator.inject({ path: "/clusters/", status: 403, code: "APIGW.0301", message: "refused" });
  await expect(stack.preview(log)).rejects.toThrow("preview failed");
  await fault.remove();
  return traces.join("\n");
}

/** Where a canary appears, with what stands around it. */
function around(text: string, canary: string | undefined): string[] {
  const parts = text.split(canary ?? "");
  return parts.slice(1, 4).map((after, index) => `${parts[index]?.slice(-200)}<here>${after.slice(0, 100)}`);
}

/** All files that the runs have left in the state backend and Pulumi's home, or those of one stack. */
function storedFiles(stack = ""): string {
  const files = ["state/.pulumi", "home"].flatMap((folder) => globSync(join(at.folder, folder, "**/*")));
  return files
    .filter((file) => existsSync(file) && /\.(?:json|bak|yaml|attrs)/.test(file))
    .filter((file) => stack === "" || new RegExp(`/test/${stack}[./]`).test(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

test("credentials of the stack configuration are in no trace", async () => {
  const { access, secret } = canaries.config;
  const traces = await tracesOf(
    "config",
    async () => {
      const { id } = new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
      return { id };
    },
    {
      "auditgate:accessKey": { value: access, secret: true },
      "auditgate:secretKey": { value: secret, secret: true },
    },
  );
  for (const text of [traces, storedFiles()]) {
    expect(text).toContain("DwsAuditDumpRecords");
    expect(around(text, secret)).toEqual([]);
    expect(around(text, access)).toEqual([]);
  }
}, 180_000);

test("credentials of the environment are in no trace", async () => {
  const { access, secret } = canaries.environment;
  const traces = await tracesOf(
    "environment",
    async () => {
      const { id } = new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
      return { id };
    },
    {},
    { AUDITGATE_ACCESS_KEY: access, AUDITGATE_SECRET_KEY: secret },
  );
  for (const text of [traces, storedFiles()]) expect(around(text, secret)).toEqual([]);
}, 180_000);

test("literal credentials of a provider are secrets, and in no trace", async () => {
  const { access, secret } = canaries.provider;
  const place = {
    region: sample.region,
    projectId: sample.project.id,
    endpoints: { dws: emulator.url, dds: emulator.url, iam: emulator.url },
  };
  const traces = await tracesOf("provider", async () => {
    const provider = new auditgate.Provider("other", { ...place, accessKey: access, secretKey: secret });
    const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId }, { provider });
    const logs = auditgate.getDdsAuditLogsOutput(
      { instanceId: sample.instances.healthy, last: "1d" },
      { provider },
    );
    return { id: dumps.id, complete: logs.complete };
  });
  for (const text of [traces, storedFiles()]) {
    expect(around(text, secret)).toEqual([]);
    expect(around(text, access)).toEqual([]);
  }
}, 180_000);

test("what is read with a secret argument is secret, whichever output repeats it", async () => {
  const { access, secret } = canaries.environment;
  const traces = await tracesOf(
    "arguments",
    async () => {
      const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId: pulumi.secret(clusterId) });
      const logs = new auditgate.DdsAuditLogs("logs", {
        instanceId: sample.instances.healthy,
        nodeId: pulumi.secret(nodeId),
        last: "1d",
      });
      return { id: dumps.id, records: dumps.records, byNode: logs.summary.byNode };
    },
    {},
    { AUDITGATE_ACCESS_KEY: access, AUDITGATE_SECRET_KEY: secret },
  );
  for (const text of [traces, storedFiles("arguments")]) {
    expect(text).toContain("DwsAuditDumpRecords");
    expect(around(text, clusterId)).toEqual([]);
    expect(around(text, nodeId)).toEqual([]);
  }
}, 180_000);

test("an error does not show a secret argument, in a refresh neither", async () => {
  const canary = sample.clusters.runningDump;
  const stack = await inlineStack(at, {
    name: "error",
    env: emulator.env,
    program: async () => {
      new auditgate.DwsAuditDumpRecords("dumps", { clusterId: pulumi.secret(canary) });
    },
  });
  await stack.up();
  const fault = emulator.inject({ status: 404, code: "DWS.3027", message: `no cluster ${canary}` });
  const printed: string[] = [];
  const onOutput = (text: string) => printed.push(text);
  await expect(stack.preview({ onOutput })).rejects.toThrow("preview failed");
  await expect(stack.refresh({ onOutput })).rejects.toThrow("no cluster");
  await fault.remove();
  expect(printed.join("").match(/no cluster \[secret\]/g)?.length).toBeGreaterThanOrEqual(2);
  expect(printed.join("").includes(canary)).toBe(false);
}, 180_000);
