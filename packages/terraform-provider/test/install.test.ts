import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { unzipSync } from "fflate";
import { archive, archiveName } from "../src/install/archive.ts";
import { providerPackage, readFiles } from "../src/package.ts";

jest.setTimeout(60_000);

const run = promisify(execFile);
const dist = join(__dirname, "..", "dist");
const { version } = providerPackage;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "install-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const install = (...args: string[]) =>
  run(process.execPath, [join(dist, "command.cjs"), ...args], { cwd: folder });

test("install puts the provider into this folder, for both engines and every platform, and the disk has it once", async () => {
  const { stdout } = await install("install", "--engine", "tofu");
  expect(stdout).toMatch(
    /^auditgate \S+ is in .*: 1\.\d MB in terraform\.d\/plugins, and the entry of registry\.opentofu\.org in \.terraform\.lock\.hcl\.\nNext: tofu init\. For the other engine, install with --engine terraform\.\n$/,
  );
  const plugins = join(folder, "terraform.d", "plugins");
  const packages = ["registry.opentofu.org", "registry.terraform.io"].flatMap((host) =>
    ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"].map((platform) =>
      join(host, "auditgate", "auditgate", archiveName(version, platform)),
    ),
  );
  const found = readdirSync(plugins, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(plugins, path)).isFile(),
  );
  expect(new Set(found)).toEqual(new Set(packages));
  const inodes = found.map((path) => statSync(join(plugins, path)).ino);
  expect(new Set(inodes).size).toBe(1);
  const unpacked = unzipSync(readFileSync(join(plugins, found[0] ?? "")));
  expect(new Set(Object.keys(unpacked))).toEqual(new Set(providerPackage.files));
  for (const [name, content] of Object.entries(unpacked))
    expect([name, readFileSync(join(dist, "provider", name)).equals(content)]).toEqual([name, true]);
  expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toMatch(/"h1:[\w+/]{43}="/);
});

test("install keeps what else a lock file holds, and removes other versions of the provider", async () => {
  const other = `provider "registry.opentofu.org/hashicorp/null" {\n  version = "3.2.4"\n}\n`;
  writeFileSync(join(folder, ".terraform.lock.hcl"), `# Head.\n\n${other}`);
  await install("install", ".", "--platform", "linux_amd64");
  const locked = readFileSync(join(folder, ".terraform.lock.hcl"), "utf8");
  expect(locked).toContain(other);
  // The file was OpenTofu's, so it stays that.
  expect(locked.match(/^provider "[^"]*auditgate"/gm)).toEqual([
    'provider "registry.opentofu.org/auditgate/auditgate"',
  ]);
  const versions = join(folder, "terraform.d", "plugins", "registry.opentofu.org", "auditgate", "auditgate");
  // As 0.1.0 placed it, and as this does.
  mkdirSync(join(versions, version, "linux_amd64"), { recursive: true });
  writeFileSync(join(versions, version, "linux_amd64", "terraform-provider-auditgate.cjs"), "older");
  writeFileSync(join(versions, archiveName("0.0.1", "linux_amd64")), "older");
  await install("install", folder, "--platform", "linux_amd64", "--engine", "tofu");
  expect(readdirSync(versions)).toEqual([archiveName(version, "linux_amd64")]);
  expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe(locked);
});

describe("links", () => {
  let outside: string;
  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), "outside-"));
    writeFileSync(join(outside, "precious"), "kept");
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  const names = ["terraform.d", "plugins", "registry.terraform.io", "auditgate", "auditgate"];

  test.each(names.map((_, index) => names.slice(0, index + 1)))(
    "install does not go through a link at %s",
    async (...way) => {
      mkdirSync(join(folder, ...way.slice(0, -1)), { recursive: true });
      symlinkSync(outside, join(folder, ...way));
      await expect(install("install")).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/is a link\. Nothing is written through links/),
      });
      expect(readdirSync(outside)).toEqual(["precious"]);
      expect(readFileSync(join(outside, "precious"), "utf8")).toBe("kept");
    },
  );

  test("install does not write through a lock file that is a link", async () => {
    symlinkSync(join(outside, "precious"), join(folder, ".terraform.lock.hcl"));
    await expect(install("install")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/lock\.hcl is a link/),
    });
    expect(readFileSync(join(outside, "precious"), "utf8")).toBe("kept");
    expect(readdirSync(folder)).toEqual([".terraform.lock.hcl"]);
  });

  test("mirror replaces its own files, and goes through no link in the folder that it was given", async () => {
    await install("mirror", "mirrored", "--platform", "linux_amd64");
    const own = join(folder, "mirrored", "registry.terraform.io", "auditgate");
    rmSync(own, { recursive: true });
    symlinkSync(outside, own);
    await expect(install("mirror", "mirrored", "--platform", "linux_amd64")).rejects.toMatchObject({
      stderr: expect.stringContaining("is a link"),
    });
    expect(readdirSync(outside)).toEqual(["precious"]);
  });
});

test("install refuses a lock file that is none, and touches nothing", async () => {
  writeFileSync(join(folder, ".terraform.lock.hcl"), 'provider "x" {\n');
  await expect(install("install")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/lock\.hcl is no lock file: a block is not closed\. Mend it/),
  });
  expect(readdirSync(folder)).toEqual([".terraform.lock.hcl"]);
});

test("eight installations at once leave one whole provider, and nothing beside it", async () => {
  await Promise.all(Array.from({ length: 8 }, () => install("install", ".", "--platform", "linux_amd64")));
  const home = join(folder, "terraform.d", "plugins", "registry.terraform.io", "auditgate");
  expect(readdirSync(home)).toEqual(["auditgate"]);
  const zip = archiveName(version, "linux_amd64");
  expect(readdirSync(join(home, "auditgate"))).toEqual([zip]);
  expect(readFileSync(join(home, "auditgate", zip)).equals(archive(readFiles(), 0))).toBe(true);
  expect(readdirSync(folder).toSorted()).toEqual([".terraform.lock.hcl", "terraform.d"]);
});

test("install warns where a CLI configuration keeps the engine from looking there, and says what to add", async () => {
  const file = join(folder, "ci.tfrc");
  writeFileSync(file, "provider_installation {\n  direct {}\n}\n");
  const program = [join(dist, "command.cjs"), "install", "--platform", "linux_amd64"];
  const { stdout, stderr } = await run(process.execPath, program, {
    cwd: folder,
    env: { ...process.env, TF_CLI_CONFIG_FILE: file },
  });
  expect(stdout).toContain(`auditgate ${version} is in `);
  expect(stderr).toMatch(
    /Warning: .*ci\.tfrc has a provider_installation block, so that terraform does not look into terraform\.d\/plugins/,
  );
  expect(stderr).toContain('path    = "terraform.d/plugins"');
  expect((await install("install", "--platform", "linux_amd64")).stderr).toBe("");
});

test.each([
  [["--help"], 0, "Usage: auditgate-terraform-provider install"],
  [["--version"], 0, version],
  [[], 2, "Usage: "],
  [["remove"], 2, "Usage: "],
  [["install", "a", "b"], 2, "Usage: "],
  [["install", "--engine", "pulumi"], 1, "--engine is terraform or tofu, not pulumi"],
  [["install", "--nothing"], 1, "Unknown option '--nothing'"],
])("the command with %j exits with %i and says %s", async (args, code, text) => {
  const outcome = await install(...args).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(outcome.code).toBe(code);
  expect(outcome.stdout + outcome.stderr).toContain(text);
  expect(readdirSync(folder)).toEqual([]);
});

const program = join(dist, "provider", "terraform-provider-auditgate.cjs");

test.each([
  [["--version"], 0, version],
  [["--help"], 0, "npx @auditgate/terraform-provider install"],
  [[], 1, "there is nothing to start by hand"],
])("the provider's program, started by hand with %j, exits with %i and says %s", async (args, code, text) => {
  const outcome = await run(program, args).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(outcome.code).toBe(code);
  expect(outcome.stdout).toContain(text);
  expect(outcome.stderr).toBe("");
});

test("an engine that is too old is told so on the line that it quotes", async () => {
  const TF_PLUGIN_MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
  const env = { ...process.env, TF_PLUGIN_MAGIC_COOKIE, PLUGIN_PROTOCOL_VERSIONS: "4,5" };
  await expect(run(program, [], { env })).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(
      /^The auditgate provider needs Terraform 1\.0 or OpenTofu 1\.6, or newer: .*\n$/,
    ),
  });
});

test.each([
  ["22.18.0", true],
  ["20.19.4", true],
  ["8.17.0", true],
  ["22.19.0", false],
  ["24.0.0", false],
  ["100.1.0", false],
])("on Node.js %s the program says that this is too old: %s", (node, isTooOld) => {
  const [, , check = ""] = readFileSync(program, "utf8").split("\n");
  const printed: string[] = [];
  let code: number | undefined;
  runInNewContext(check, {
    process: { versions: { node }, version: `v${node}`, exit: (given: number) => (code = given) },
    console: { log: (text: string) => printed.push(text) },
  });
  expect(code).toBe(isTooOld ? 1 : undefined);
  const complaint = `the auditgate provider needs Node.js 22.19 or newer, and found v${node}`;
  expect(printed).toEqual(isTooOld ? [complaint] : []);
});

test("the program is sh and JavaScript at once, and plain ASCII", () => {
  const text = readFileSync(program, "latin1");
  expect(text.startsWith("#!/bin/sh\n")).toBe(true);
  expect(/[^\t\n -~]/.exec(text)).toBeNull();
});

test("the files are named so that an engine finds one program among them", () => {
  expect(providerPackage.files.filter((name) => name.startsWith("terraform-provider-"))).toEqual([
    "terraform-provider-auditgate.cjs",
  ]);
});

test("pulumi puts it where Pulumi takes its name from, and it starts inside of a project of ES modules", async () => {
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (let time = 1; time <= 2; time++) {
    const { stdout } = await install("pulumi", "provider");
    const command = /^pulumi package add terraform-provider (.+)$/m.exec(stdout)?.[1] ?? "";
    expect(basename(command)).toBe("terraform-provider-auditgate");
    expect(statSync(command).mode & 0o777).toBe(0o755);
    expect((await run(command, ["--version"])).stdout).toContain(version);
  }
  await expect(install("pulumi")).rejects.toMatchObject({ code: 2 });
  rmSync(join(folder, "provider"), { recursive: true });
  mkdirSync(join(folder, "provider"));
  symlinkSync(join(folder, "package.json"), join(folder, "provider", "terraform-provider-auditgate"));
  await expect(install("pulumi", "provider")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is a link"),
  });
});
