import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { providerPackage } from "@auditgate/terraform-provider/package";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import {
  App,
  LocalBackend,
  TerraformOutput,
  TerraformProvider,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import {
  AuditgateProvider,
  type AuditgateProviderConfig,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
} from "../src/index.ts";
import { type Bench, createBench, outputsOf, succeeded } from "./bench.ts";

const { hosts, platforms, source, version } = providerPackage;

let emulator: Emulator;
let bench: Bench;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench(emulator.env);
});

afterAll(async () => {
  await emulator.close();
  bench.remove();
});

/** A stack of one data source in an app of its own; the folder is where it is synthesized to. */
function dumpStack(app: App, id: string, config: AuditgateProviderConfig = {}) {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AuditgateProvider(stack, "auditgate", config);
  const dumps = new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId: sample.clusters.healthy });
  new TerraformOutput(stack, "count", { value: dumps.summary.count });
  return { stack, folder: join(app.outdir, "stacks", id) };
}

const zipOf = (platform: string) => `terraform-provider-auditgate_${version}_${platform}.zip`;

const newApp = (name: string) => new App({ outdir: join(bench.folder, name) });

/** What the lock file has for each provider. */
function locked(folder: string): Readonly<Record<string, readonly string[]>> {
  const text = readFileSync(join(folder, ".terraform.lock.hcl"), "utf8");
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n([^}]*)\}/gm);
  return Object.fromEntries(
    [...blocks].map(([, name = "", body = ""]) => [
      name,
      [...body.matchAll(/"(h1:[^"]+)"/g)].map(([, hash = ""]) => hash),
    ]),
  );
}

test("every stack gets the provider for both registries and all platforms, the same bytes everywhere", () => {
  const app = newApp("several");
  const folders = ["one", "two"].map((id) => dumpStack(app, id).folder);
  app.synth();
  const contents = new Set<string>();
  for (const folder of folders) {
    for (const host of hosts) {
      const home = join(folder, "terraform.d", "plugins", host, source);
      expect(readdirSync(home).sort()).toEqual(platforms.map(zipOf).sort());
      for (const platform of platforms) contents.add(readFileSync(join(home, zipOf(platform)), "latin1"));
    }
    expect(Object.keys(locked(folder))).toEqual([`registry.terraform.io/${source}`]);
  }
  expect(contents.size).toBe(1);
});

test("the files of all stacks are on the disk once, and none of them is a symbolic link", () => {
  const app = newApp("light");
  const folders = ["one", "two", "three"].map((id) => dumpStack(app, id).folder);
  app.synth();
  const files = folders.flatMap((folder) =>
    readdirSync(join(folder, "terraform.d"), { recursive: true, withFileTypes: true }).filter(
      (entry) => !entry.isDirectory(),
    ),
  );
  expect(files.filter((entry) => !entry.isFile())).toEqual([]);
  const inodes = new Set(files.map(({ parentPath, name }) => statSync(join(parentPath, name)).ino));
  expect(inodes.size).toBe(1);
});

test("several stacks of one app plan and apply each on its own", async () => {
  const app = newApp("apart");
  const folders = ["one", "two"].map((id) => dumpStack(app, id).folder);
  app.synth();
  for (const folder of folders) {
    await succeeded(bench.engine("terraform", folder, "init"));
    await succeeded(bench.engine("terraform", folder, "apply", "-auto-approve"));
    expect(outputsOf(await bench.engine("terraform", folder, "output", "-json"))).toEqual({
      count: expect.any(Number),
    });
  }
}, 60_000);

test("several instances of the provider read from several regions in one stack", async () => {
  const app = newApp("regions");
  const { stack, folder } = dumpStack(app, "regions");
  const { netherlands } = sample;
  const provider = new AuditgateProvider(stack, "nl", {
    alias: "nl",
    region: netherlands.region,
    projectId: netherlands.project.id,
  });
  const logs = new DataAuditgateDdsAuditLogs(stack, "logs", {
    provider,
    instanceId: netherlands.instance,
    last: "1d",
  });
  new TerraformOutput(stack, "region", { value: logs.region });
  app.synth();
  await succeeded(bench.engine("terraform", folder, "init"));
  await succeeded(bench.engine("terraform", folder, "apply", "-auto-approve"));
  expect(outputsOf(await bench.engine("terraform", folder, "output", "-json"))).toMatchObject({
    region: "eu-nl",
  });
}, 60_000);

describe("another provider in the same stack", () => {
  class OtherProvider extends TerraformProvider {
    constructor(stack: TerraformStack) {
      super(stack, "other", { terraformResourceType: "other", terraformProviderSource: "example/other" });
    }
  }

  const synth = () => {
    const app = newApp("mixed");
    const { stack, folder } = dumpStack(app, "mixed");
    new OtherProvider(stack);
    app.synth();
    return folder;
  };

  test("is installed beside ours, and keeps its lock entry when the stack is synthesized again", async () => {
    const folder = synth();
    // Any provider will do: ours under another name.
    const host = "registry.terraform.io";
    const platform = `linux_${process.arch === "x64" ? "amd64" : "arm64"}`;
    const plugins = join(folder, "terraform.d", "plugins", host);
    const home = join(plugins, "example", "other", "1.2.3", platform);
    mkdirSync(home, { recursive: true });
    const files = unzipSync(readFileSync(join(plugins, source, zipOf(platform))));
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(home, name.replace("provider-auditgate", "provider-other")), content, {
        mode: 0o755,
      });

    await succeeded(bench.engine("terraform", folder, "init"));
    const before = locked(folder);
    expect(Object.keys(before).sort()).toEqual([`${host}/${source}`, `${host}/example/other`]);
    synth();
    expect(locked(folder)).toEqual(before);
    const init = await succeeded(bench.engine("terraform", folder, "init", "-lockfile=readonly"));
    expect(init.output).toContain("Using previously-installed example/other v1.2.3");
  }, 60_000);
});

test("synthesizing again heals a damaged provider and its lock entry", async () => {
  const app = newApp("healed");
  const { folder } = dumpStack(app, "healed");
  app.synth();
  const good = locked(folder);
  for (const platform of platforms) {
    const home = join(folder, "terraform.d", "plugins", "registry.terraform.io", source);
    writeFileSync(join(home, zipOf(platform)), "damaged");
  }
  expect(await bench.engine("terraform", folder, "init")).toMatchObject({ code: 1 });
  app.synth();
  expect(locked(folder)).toEqual(good);
  await succeeded(bench.engine("terraform", folder, "init"));
}, 60_000);

describe("credentials", () => {
  const { accessKey, secretKey } = sample.auditor;
  const annotations = (app: App) =>
    (
      JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
        stacks: Record<string, { annotations: { level: string; message: string; constructPath: string }[] }>;
      }
    ).stacks;

  test("written as literals are warned about by name, once, and do not get into the state", async () => {
    const app = newApp("literal");
    const { folder } = dumpStack(app, "literal", { accessKey, secretKey });
    app.synth();
    app.synth();
    expect(annotations(app)["literal"]?.annotations).toEqual([
      expect.objectContaining({
        level: "@cdktf/warn",
        constructPath: "literal/auditgate",
        message: expect.stringMatching(/^accessKey, secretKey: .*plain text.*environment.*profile/),
      }),
    ]);
    expect(JSON.stringify(annotations(app))).not.toContain(secretKey);
    await succeeded(bench.engine("terraform", folder, "init"));
    const { output } = await succeeded(bench.engine("terraform", folder, "apply", "-auto-approve"));
    const state = readFileSync(join(folder, "terraform.tfstate"), "utf8");
    for (const text of [output, state]) expect(text).not.toContain(secretKey);
  }, 60_000);

  test("in a sensitive variable are in no file, and not warned about", async () => {
    const app = newApp("variable");
    const stack = new TerraformStack(app, "variable");
    new LocalBackend(stack, { path: "terraform.tfstate" });
    const secret = new TerraformVariable(stack, "secret", { type: "string", sensitive: true });
    new AuditgateProvider(stack, "auditgate", { accessKey, secretKey: secret.stringValue });
    new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId: sample.clusters.healthy });
    app.synth();
    const folder = join(app.outdir, "stacks", "variable");
    expect(annotations(app)["variable"]?.annotations).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^accessKey: /) }),
    ]);
    bench.set({ TF_VAR_secret: secretKey });
    await succeeded(bench.engine("terraform", folder, "init"));
    await succeeded(bench.engine("terraform", folder, "apply", "-auto-approve"));
    for (const file of ["cdk.tf.json", "terraform.tfstate"]) {
      expect(existsSync(join(folder, file))).toBe(true);
      expect(readFileSync(join(folder, file), "utf8")).not.toContain(secretKey);
    }
  }, 60_000);
});
