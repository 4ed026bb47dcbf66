import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { unzipSync } from "fflate";
import { engines } from "../../../../scripts/engines/locate.ts";
import { packageHash } from "../../src/install/lock-file.ts";
import { providerPackage } from "../../src/package.ts";
import { RUNTIME_VERSION } from "../../src/standalone/runtimes.ts";
import { standaloneFiles } from "../../src/standalone/standalone.ts";
import { platform } from "../project.ts";
import { formatOf, signedPages } from "./format.ts";

const run = promisify(execFile);
const root = resolve(__dirname, "../../../..");
const { version } = providerPackage;
const PREFIX = `terraform-provider-auditgate_${version}`;
const NOTICES = "THIRD-PARTY-NOTICES.txt";

const PLATFORMS = [
  ["darwin_amd64", "Mach-O", "amd64"],
  ["darwin_arm64", "Mach-O", "arm64"],
  ["linux_amd64", "ELF", "amd64"],
  ["linux_arm64", "ELF", "arm64"],
  ["windows_amd64", "PE", "amd64"],
] as const;

jest.setTimeout(240_000);

let scratch: string;
let folder: string;
let emulator: Emulator;
let printed: { readonly stdout: string; readonly stderr: string };

beforeAll(async () => {
  emulator = await startEmulator();
  scratch = realpathSync(mkdtempSync(join(tmpdir(), "auditgate-release-")));
  folder = join(scratch, "release");
  const args = ["--conditions=@auditgate/source", "scripts/release.ts", "terraform", "--out", folder];
  const { AUDITGATE_GPG_PRIVATE_KEY: _, ...env } = process.env;
  printed = await run(process.execPath, args, { cwd: root, env });
}, 600_000);
afterAll(async () => {
  rmSync(scratch, { recursive: true });
  await emulator.close();
});

const zipOf = (name: string) => join(folder, `${PREFIX}_${name}.zip`);
const unpacked = (name: string) =>
  new Map(
    Object.entries(unzipSync(readFileSync(zipOf(name)))).map(([file, content]) => [
      file,
      Buffer.from(content),
    ]),
  );

test("a release is an executable for each platform, manifest and checksums, and a mirror of the same files", () => {
  expect(printed.stdout).toContain("signature: SKIPPED");
  expect(printed.stderr).toMatch(/^NOT SIGNED: AUDITGATE_GPG_PRIVATE_KEY is not set/m);
  const zips = PLATFORMS.map(([name]) => `${PREFIX}_${name}.zip`);
  const files = [...zips, `${PREFIX}_manifest.json`];
  expect(readdirSync(folder).toSorted()).toEqual([...files, `${PREFIX}_SHA256SUMS`, "mirror"].toSorted());
  const sums = files.map((name) => {
    const hash = createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
    return `${hash}  ${name}`;
  });
  expect(
    readFileSync(join(folder, `${PREFIX}_SHA256SUMS`), "utf8")
      .trim()
      .split("\n"),
  ).toEqual(sums);
  expect(JSON.parse(readFileSync(join(folder, `${PREFIX}_manifest.json`), "utf8"))).toEqual({
    version: 1,
    metadata: { protocol_versions: ["6.0"] },
  });
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const home = join(folder, "mirror", host, "auditgate", "auditgate");
    expect(readdirSync(home).toSorted()).toEqual(zips.toSorted());
    for (const zip of zips) expect(statSync(join(home, zip)).ino).toBe(statSync(join(folder, zip)).ino);
  }
});

describe.each(PLATFORMS)("the executable for %s", (name, format, architecture) => {
  const program =
    name === "windows_amd64" ? "terraform-provider-auditgate.exe" : "terraform-provider-auditgate";
  let files: ReadonlyMap<string, Buffer>;
  let bytes: Buffer;
  beforeAll(() => {
    files = unpacked(name);
    bytes = files.get(program) ?? Buffer.of();
  });

  test(`is a program of the format ${format} for ${architecture}, of this version, beside its notices`, () => {
    expect([...files.keys()].toSorted()).toEqual([NOTICES, program]);
    expect(formatOf(bytes)).toEqual({ format, architecture });
    expect(bytes.includes(`version:"${version}"`)).toBe(true);
    expect(bytes.includes(RUNTIME_VERSION)).toBe(true);
    const notices = files.get(NOTICES)?.toString() ?? "";
    for (const text of [`Bun ${RUNTIME_VERSION}`, "LGPL-2.0", "undici", "MIT License"])
      expect(notices).toContain(text);
  });

  test("weighs less than 125 MB, and less than 60 MB packed", () => {
    expect(bytes.length).toBeLessThan(125_000_000);
    expect(statSync(zipOf(name)).size).toBeLessThan(60_000_000);
  });

  test("holds no path of the machine that made it", () => {
    // "/root" is a word of every runtime.
    const paths = [root, scratch, homedir(), "auditgate-standalone-"].filter((path) => path !== "/root");
    for (const path of paths) expect([path, bytes.includes(path)]).toEqual([path, false]);
  });
});

test("macOS on ARM gets a program whose signature fits every page", () => {
  const { right, all } = signedPages(unpacked("darwin_arm64").get("terraform-provider-auditgate")!)!;
  expect(all).toBeGreaterThan(1000);
  expect(right).toBe(all);
});

test.each(["linux_amd64", "windows_amd64"])(
  "made again, the files for %s are the same bytes",
  async (name) => {
    const [again] = [...(await standaloneFiles([name])).values()];
    expect(packageHash(again!)).toBe(packageHash(unpacked(name)));
  },
);

describe.each(["terraform", "tofu"] as const)("without Node.js, with %s and the mirror", (engine) => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, gate = ""] = /^```hcl main\.tf\n(.*?)^```$/ms.exec(readme) ?? [];
  const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";

  /** Programs of a bare machine: the engine, and no Node.js. */
  function bareMachine(): { cwd: string; env: NodeJS.ProcessEnv } {
    const home = mkdtempSync(join(scratch, `${engine}-`));
    const cwd = join(home, "gated");
    for (const path of [cwd, join(home, "bin")]) mkdirSync(path);
    symlinkSync(engines()[engine], join(home, "bin", engine));
    writeFileSync(join(cwd, "main.tf"), gate);
    const configuration = join(home, "cli.tfrc");
    const path = JSON.stringify(join(folder, "mirror"));
    writeFileSync(
      configuration,
      `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
    );
    const env = {
      ...emulator.env,
      PATH: join(home, "bin"),
      HOME: home,
      TMPDIR: home,
      TF_CLI_CONFIG_FILE: configuration,
      CHECKPOINT_DISABLE: "1",
    };
    return { cwd, env };
  }

  test("the README's gate is initialized and applied, and closes when a dump fails", async () => {
    const machine = bareMachine();
    const node = run("node", ["--version"], { env: { PATH: machine.env["PATH"] } });
    await expect(node).rejects.toMatchObject({ code: "ENOENT" });
    const call = (...args: string[]) =>
      run(engines()[engine], [...args, "-no-color", "-input=false"], machine);
    await call("init");
    expect((await call("apply", "-auto-approve")).stdout).toContain("Apply complete! Resources: 1 added");
    const [installed] = readdirSync(
      join(
        machine.cwd,
        ".terraform/providers",
        engine === "tofu" ? "registry.opentofu.org" : "registry.terraform.io",
        "auditgate/auditgate",
        version,
        platform(),
      ),
    ).filter((file) => file.startsWith("terraform-provider-"));
    expect(installed).toBe("terraform-provider-auditgate");
    const url = `${emulator.url}/_emulator/clusters/${CLUSTER}/dumps/latest`;
    await fetch(url, {
      method: "PATCH",
      body: JSON.stringify({ result: "FAILED", failed_reason: "The bucket is full." }),
    });
    await expect(call("apply", "-auto-approve")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/found\s+1 failed dump/),
    });
    await emulator.reset();
  });

  test("settings of its runtime that lie in the folder are read by nobody", async () => {
    const machine = bareMachine();
    writeFileSync(
      join(machine.cwd, ".env"),
      "AUDITGATE_PROFILE=nowhere\nHTTP_PROXY=ftp://nowhere\nAUDITGATE_CA_CERT=nowhere\n",
    );
    writeFileSync(join(machine.cwd, "bunfig.toml"), 'preload = ["./preload.js"]\n');
    writeFileSync(join(machine.cwd, "preload.js"), "throw new Error('preloaded')\n");
    writeFileSync(join(machine.cwd, "tsconfig.json"), "{ broken");
    const call = (...args: string[]) =>
      run(engines()[engine], [...args, "-no-color", "-input=false"], {
        ...machine,
        env: { ...machine.env, NODE_OPTIONS: "--require ./preload.js" },
      });
    await call("init");
    expect((await call("plan")).stdout).toContain("1 to add");
  });
});
