import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engines } from "../../../scripts/engines/locate.ts";
import { archive, archiveName } from "../src/install/archive.ts";
import { providerPackage, readFiles } from "../src/package.ts";
import { platform } from "./project.ts";

jest.setTimeout(180_000);

const dist = join(__dirname, "..", "dist");
const { files, hosts, version } = providerPackage;
const OLD = "0.0.9";
const OTHER = `provider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.4"\n}\n`;

/** Ends its own process without a word before its so many-th step on the disk; of a file, half is written by then. */
const KILLER = `
const fs = require("node:fs");
let left = Number(process.env.STEPS);
for (const name of ["mkdirSync", "openSync", "writeFileSync", "closeSync", "fsyncSync", "chmodSync", "linkSync", "copyFileSync", "renameSync", "rmSync"]) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (left-- === 0) {
      if (name === "writeFileSync") real(args[0], args[1].slice(0, args[1].length / 2), args[2]);
      process.kill(process.pid, "SIGKILL");
    }
    return real(...args);
  };
}`;

let scratch: string;
let folder: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "install-killed-"));
  folder = join(scratch, "module");
  writeFileSync(join(scratch, "killer.cjs"), KILLER);
});
afterEach(() => rmSync(scratch, { recursive: true }));

/** Runs the command; it is killed at that step, or ends by itself. */
function run(command: readonly string[], steps = Infinity) {
  const { status, signal } = spawnSync(
    process.execPath,
    ["--require", join(scratch, "killer.cjs"), join(dist, "command.cjs"), ...command],
    { cwd: folder, env: { ...process.env, STEPS: String(steps) }, encoding: "utf8" },
  );
  return { status, signal };
}

const INSTALL = ["install", "--engine", "terraform", "--platform", platform()];
const homes = () =>
  hosts.map((host) => join(folder, "terraform.d", "plugins", host, "auditgate", "auditgate"));
const lock = () => join(folder, ".terraform.lock.hcl");

/** The folder of a module in which an older version was placed, as 0.1.0 did it, and another provider is locked. */
function upgraded(): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(lock(), OTHER);
  for (const home of homes()) {
    mkdirSync(join(home, OLD, platform()), { recursive: true });
    for (const name of files) writeFileSync(join(home, OLD, platform(), name), `old ${name}`);
  }
}

const zip = archiveName(version, platform());
const built = archive(readFiles(), 0);

/** What is in a provider's place: nothing, or which whole version. @throws {Error} for anything else. */
function placedIn(home: string): string {
  if (!existsSync(home)) return "nothing";
  const found = readdirSync(home).join();
  if (found === zip && readFileSync(join(home, zip)).equals(built)) return version;
  const place = join(home, OLD, platform());
  const isWhole = (name: string) => readFileSync(join(place, name), "utf8") === `old ${name}`;
  if (
    found === OLD &&
    readdirSync(place).toSorted().join() === files.toSorted().join() &&
    files.every(isWhole)
  )
    return OLD;
  throw new Error(`${home} has a part of a provider: ${found}`);
}

test("an installation that is killed at any step leaves the provider of before, none, or the new one, each whole", () => {
  upgraded();
  const before = join(scratch, "before");
  cpSync(folder, before, { recursive: true });
  const seen = new Set<string>();
  const locks = new Set<string>();
  let steps = 0;
  for (let isDone = false; !isDone; steps++) {
    rmSync(folder, { recursive: true });
    cpSync(before, folder, { recursive: true });
    const { signal, status } = run(INSTALL, steps);
    isDone = signal === null;
    expect([signal, status]).toEqual(isDone ? [null, 0] : ["SIGKILL", null]);
    for (const home of homes()) seen.add(placedIn(home));
    locks.add(readFileSync(lock(), "utf8"));
    // What else is left, no engine takes for a provider.
    const left = homes().flatMap((home) => readdirSync(dirname(home)).filter((name) => name !== "auditgate"));
    expect(left.filter((name) => isDone || !/^\.auditgate-[\da-f-]{36}$/.test(name))).toEqual([]);
    expect(run(INSTALL).status).toBe(0);
    expect(homes().map(placedIn)).toEqual(hosts.map(() => version));
  }
  expect(steps).toBeGreaterThan(30);
  expect(seen).toEqual(new Set([OLD, "nothing", version]));
  const whole = readFileSync(lock(), "utf8");
  expect(whole).toContain(OTHER.trim());
  expect(locks).toEqual(new Set([OTHER, whole]));
});

/** A configuration that takes providers from its own folder, and asks no registry. */
function configured(): void {
  mkdirSync(folder);
  const plugins = join(folder, "terraform.d", "plugins");
  mkdirSync(plugins, { recursive: true });
  const required = 'required_providers {\n    auditgate = { source = "auditgate/auditgate" }\n  }';
  writeFileSync(
    join(folder, "main.tf"),
    `terraform {\n  ${required}\n}\ndata "auditgate_dws_clusters" "all" {}\n`,
  );
  for (const name of [".terraformrc", ".tofurc"])
    writeFileSync(
      join(scratch, name),
      `provider_installation {\n  filesystem_mirror {\n    path = "${plugins}"\n  }\n}\n`,
    );
}

test.each(["terraform", "tofu"] as const)(
  "after an installation that was killed, %s finds no provider, or one that works",
  (engine) => {
    const PATH = [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
    const env = { PATH, HOME: scratch, CHECKPOINT_DISABLE: "1" };
    const said = (command: string) => {
      const { status, stderr } = spawnSync(engines()[engine], [command, "-no-color"], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      return status === 0 ? "well" : stderr.replaceAll(/\s+/g, " ");
    };
    const outcomes = new Set<string>();
    let isDone = false;
    // Every third step: an engine takes its time.
    for (let steps = 0; !isDone; steps += 3) {
      rmSync(folder, { recursive: true, force: true });
      configured();
      isDone = run(["install", "--engine", engine, "--platform", platform()], steps).signal === null;
      const found = said("init");
      outcomes.add(found === "well" ? `found, validates: ${said("validate")}` : found);
    }
    const others = [...outcomes].filter(
      (text) => !/provider auditgate\/auditgate: .*not (found|available)/.test(text),
    );
    expect(others).toEqual(["found, validates: well"]);
  },
);

test("a mirror that is killed at any step has whole packages only", () => {
  mkdirSync(folder);
  const command = ["mirror", "mirrored", "--platform", platform()];
  expect(run(command).status).toBe(0);
  const packed = readFileSync(globSync(join(folder, "mirrored/**/*.zip"))[0] ?? "");
  let isDone = false;
  for (let steps = 0; !isDone; steps++) {
    rmSync(join(folder, "mirrored"), { recursive: true });
    isDone = run(command, steps).signal === null;
    const zips = globSync(join(folder, "mirrored/**/*.zip"));
    expect(zips.filter((file) => !readFileSync(file).equals(packed))).toEqual([]);
    expect(zips.length === 2 || !isDone).toBe(true);
    mkdirSync(join(folder, "mirrored"), { recursive: true });
  }
});
