import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { copyOf, type Shell, shellWith } from "./example.ts";
import { type Scratch, scratch } from "./stack.ts";

let emulator: Emulator;
let at: Scratch;
let shell: Shell;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  shell = shellWith(at, emulator);
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test("pulumi-outputs: preview, up and outputs through the CLI, empty when repeated, gone when destroyed", async () => {
  const folder = copyOf(at, "pulumi-outputs");
  const ids = { DWS_CLUSTER_ID: sample.clusters.failedDump, DDS_INSTANCE_ID: sample.instances.silentNode };
  const pulumi = (...args: string[]) => shell(folder, "pulumi", [...args, "--non-interactive"], ids);
  await pulumi("stack", "init", "dev");
  const preview = await pulumi("preview");
  expect(preview.stdout).toMatch(
    /headline +: "1 of \d+ dumps failed, \d+ of \d+ parameter changes are pending/,
  );
  expect((await pulumi("up", "--yes", "--skip-preview")).code).toBe(0);
  const outputs = JSON.parse((await pulumi("stack", "output", "--json")).stdout);
  expect(outputs).toMatchObject({ dumpsFailed: 1, complete: true, dumpCount: 168 });
  expect(outputs.newestDumps[0]).toMatchObject({
    result: "FAILED",
    failedReason: expect.stringContaining("bucket"),
  });
  expect(outputs.newestDumps[1]).toMatchObject({ result: "SUCCESS", failedReason: null });
  expect(outputs.logNodes).toHaveLength(3);
  expect((await pulumi("preview", "--expect-no-changes")).code).toBe(0);
  expect((await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")).code).toBe(0);
  expect((await pulumi("up", "--yes", "--refresh", "--skip-preview", "--expect-no-changes")).code).toBe(0);
  expect((await pulumi("destroy", "--yes", "--skip-preview")).code).toBe(0);
}, 180_000);

test("pulumi-outputs: without its ids it says what to set", async () => {
  const folder = join(at.folder, "pulumi-outputs");
  expect(existsSync(folder)).toBe(true);
  const { stdout, code } = await shell(folder, "pulumi", ["preview", "--non-interactive"]);
  expect(code).not.toBe(0);
  expect(stdout).toContain("Missing required configuration variable 'pulumi-outputs:clusterId'");
}, 60_000);

test("pulumi-multi-account: providers from configuration, with encrypted credentials", async () => {
  const folder = copyOf(at, "pulumi-multi-account");
  const pulumi = (...args: string[]) =>
    shell(folder, "pulumi", [...args, "--non-interactive"], { AUDITGATE_REGION: "" });
  await pulumi("stack", "init", "dev");
  const { clusters, auditor, netherlands } = sample;
  const settings = [
    ["accounts[0].name", "production"],
    ["accounts[0].region", sample.region],
    ["accounts[0].clusterIds[0]", clusters.healthy],
    ["accounts[0].clusterIds[1]", clusters.failedDump],
    ["accounts[0].accessKey", auditor.accessKey, "--secret"],
    ["accounts[0].secretKey", auditor.secretKey, "--secret"],
    ["accounts[1].name", "archive"],
    ["accounts[1].region", netherlands.region],
    ["accounts[1].projectId", netherlands.project.id],
    ["accounts[1].clusterIds[0]", netherlands.cluster],
  ] as const;
  for (const [path, value, ...flags] of settings)
    await pulumi("config", "set", "--path", path, value, ...flags);
  const up = await pulumi("up", "--yes", "--skip-preview");
  expect(up.code).toBe(0);
  expect(up.stdout).not.toContain(auditor.secretKey);
  const outputs = JSON.parse((await pulumi("stack", "output", "--json")).stdout);
  expect(outputs.headline).toBe("production: 1 failed dumps, archive: 0 failed dumps");
  expect(outputs.clusters.production.map(({ dumps }: { dumps: number }) => dumps)).toEqual([336, 168]);
  expect(outputs.clusters.archive).toHaveLength(1);
  expect((await pulumi("preview", "--expect-no-changes")).code).toBe(0);
  expect((await pulumi("stack", "export")).stdout).not.toContain(auditor.secretKey);
}, 180_000);

test("pulumi-automation: a table of all clusters, exit code 2 while one's dumps fail, and nothing left at the end", async () => {
  const folder = copyOf(at, "pulumi-automation");
  const { healthy, failedDump } = sample.clusters;
  const node = (...args: string[]) => shell(folder, process.execPath, ["main.ts", ...args]);
  const good = await node(healthy);
  expect(good.code).toBe(0);
  expect(good.stdout).toMatch(new RegExp(`${healthy}.*336.*0`));
  const bad = await node(healthy, failedDump);
  expect(bad.code).toBe(2);
  expect(bad.stdout).toMatch(new RegExp(`${failedDump}.*168.*1`));
  expect((await node(healthy, failedDump, "--remove")).stdout).toContain(`removed ${failedDump}`);
  expect((await shell(folder, "pulumi", ["stack", "ls", "--json"])).stdout.trim()).toBe("[]");
}, 180_000);
