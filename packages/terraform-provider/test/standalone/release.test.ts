import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { unzipSync } from "fflate";
import { faultsIn } from "../../../../scripts/check/packages/executables.ts";
import { packageHash } from "../../src/install/lock-file.ts";
import { providerPackage } from "../../src/package.ts";
import { RUNTIME_VERSION } from "../../src/standalone/runtimes.ts";
import { standaloneFiles } from "../../src/standalone/standalone.ts";
import { platform } from "../project.ts";
import { type BareMachine, bareMachine, expectGate } from "./bare-machine.ts";

const run = promisify(execFile);
const root = resolve(__dirname, "../../../..");
const { version } = providerPackage;
const PREFIX = `terraform-provider-auditgate_${version}`;

const PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "windows_amd64"];

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
  const zips = PLATFORMS.map((name) => `${PREFIX}_${name}.zip`);
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

test.each(PLATFORMS)(
  "the executable for %s is as it has to be, and weighs less than 60 MB packed",
  (name) => {
    expect(faultsIn(name, unpacked(name))).toEqual([]);
    expect(statSync(zipOf(name)).size).toBeLessThan(60_000_000);
  },
);

test("an executable that is not as it has to be is told by name", () => {
  const files = unpacked("linux_amd64");
  const [notices, program] = [...files.values()] as [Buffer, Buffer];
  const other = Buffer.concat([program, Buffer.from(root)]);
  other.writeUInt16LE(183, 18);
  const package_ = new Map([
    ["THIRD-PARTY-NOTICES.txt", notices.subarray(0, 20)],
    ["terraform-provider-auditgate", other],
  ]);
  expect(faultsIn("linux_amd64", package_)).toEqual([
    "it is a program of the format ELF for arm64",
    `Bun ${RUNTIME_VERSION} is not in its notices`,
    "LGPL-2.0 is not in its notices",
    "undici is not in its notices",
    "MIT License is not in its notices",
    `it holds a path of this machine, ${root}`,
  ]);
  expect(faultsIn("linux_amd64", new Map([["a", program]]))).toEqual(["it consists of a"]);
});

test.each(["linux_amd64", "windows_amd64"])(
  "made again, the files for %s are the same bytes",
  async (name) => {
    const [again] = [...(await standaloneFiles([name])).values()];
    expect(packageHash(again!)).toBe(packageHash(unpacked(name)));
  },
);

describe.each(["terraform", "tofu"] as const)("without Node.js, with %s and the mirror", (engine) => {
  function machineWithMirror(env: NodeJS.ProcessEnv = {}): BareMachine {
    const configuration = join(scratch, "cli.tfrc");
    const path = JSON.stringify(join(folder, "mirror"));
    writeFileSync(
      configuration,
      `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
    );
    return bareMachine(scratch, engine, { ...emulator.env, TF_CLI_CONFIG_FILE: configuration, ...env });
  }

  test("the README's gate is initialized and applied, and closes when a dump fails", async () => {
    const machine = machineWithMirror();
    await expectGate(machine, emulator);
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
  });

  test("settings of its runtime that lie in the folder are read by nobody", async () => {
    const { cwd, call } = machineWithMirror({ NODE_OPTIONS: "--require ./preload.js" });
    writeFileSync(
      join(cwd, ".env"),
      "AUDITGATE_PROFILE=nowhere\nHTTP_PROXY=ftp://nowhere\nAUDITGATE_CA_CERT=nowhere\n",
    );
    writeFileSync(join(cwd, "bunfig.toml"), 'preload = ["./preload.js"]\n');
    writeFileSync(join(cwd, "preload.js"), "throw new Error('preloaded')\n");
    writeFileSync(join(cwd, "tsconfig.json"), "{ broken");
    await call("init");
    expect((await call("plan")).stdout).toContain("1 to add");
  });
});
