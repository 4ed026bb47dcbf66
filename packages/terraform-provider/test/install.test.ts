import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { providerPackage } from "../src/package.ts";

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

test("install puts the provider into this folder, for both engines and every platform, the program executable", async () => {
  const { stdout } = await install("install");
  expect(stdout).toContain(`auditgate ${version} is in `);
  const plugins = join(folder, "terraform.d", "plugins");
  const packages = ["registry.opentofu.org", "registry.terraform.io"].flatMap((host) =>
    ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"].map((platform) =>
      join(host, "auditgate", "auditgate", version, platform),
    ),
  );
  const files = packages.flatMap((one) => providerPackage.files.map((name) => join(one, name)));
  const found = readdirSync(plugins, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(plugins, path)).isFile(),
  );
  expect(new Set(found)).toEqual(new Set(files));
  for (const path of found) {
    const { mode } = statSync(join(plugins, path));
    expect([path, mode & 0o777]).toEqual([
      path,
      path.endsWith("terraform-provider-auditgate.cjs") ? 0o755 : 0o644,
    ]);
    const built = readFileSync(join(dist, "provider", basename(path)));
    expect([path, readFileSync(join(plugins, path)).equals(built)]).toEqual([path, true]);
  }
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
  writeFileSync(join(versions, "0.0.1"), "");
  await install("install", folder, "--platform", "linux_amd64", "--engine", "tofu");
  expect(readdirSync(versions)).toEqual([version]);
  expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe(locked);
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
  expect(/[^\n -~]/.exec(text)).toBeNull();
});

test("the files are named so that an engine finds one program among them", () => {
  expect(providerPackage.files.filter((name) => name.startsWith("terraform-provider-"))).toEqual([
    "terraform-provider-auditgate.cjs",
  ]);
});
