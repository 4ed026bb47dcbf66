import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { unzipSync } from "fflate";
import { PNPM, succeed } from "../../../../scripts/command.ts";
import { openRegistry, type Registry } from "../../../../scripts/docs/registry.ts";
import { archiveName } from "../../src/install/archive.ts";
import { packageHash } from "../../src/install/lock-file.ts";
import { providerPackage } from "../../src/package.ts";
import { platform } from "../project.ts";
import { bareMachine, expectGate } from "./bare-machine.ts";

const run = promisify(execFile);

jest.setTimeout(300_000);

let scratch: string;
let emulator: Emulator;
let registry: Registry;

beforeAll(async () => {
  emulator = await startEmulator();
  scratch = realpathSync(mkdtempSync(join(tmpdir(), "auditgate-standalone-install-")));
  const pack = join(scratch, "provider.tgz");
  const [command, ...args] = PNPM;
  await succeed(command, [...args, "pack", "--out", pack], { cwd: resolve(__dirname, "../..") });
  registry = await openRegistry([pack]);
});
afterAll(async () => {
  registry.close();
  rmSync(scratch, { recursive: true });
  await emulator.close();
});

/** The published command, as npx runs it on a desk with npm; what is not ours comes from where npm has it from. */
function npx(cwd: string, ...args: readonly string[]) {
  writeFileSync(join(cwd, ".npmrc"), `@auditgate:registry=${registry.url}/\n`);
  const { NODE_OPTIONS: _, ...env } = process.env;
  return run("npx", ["--yes", "@auditgate/terraform-provider", ...args], {
    cwd,
    env: {
      ...env,
      PATH: `${dirname(process.execPath)}:${env["PATH"]}`,
      NPM_CONFIG_CACHE: join(scratch, "npm"),
    },
  });
}

test("what npx installs on a desk applies the README's gate where there is no Node.js", async () => {
  const machine = bareMachine(scratch, "terraform", emulator.env);
  const command = ["install", "--standalone", "--engine", "terraform", "--platform", platform()];
  const { stdout, stderr } = await npx(machine.cwd, ...command);
  expect(stdout).toMatch(
    /: 1\d\d\.\d MB in terraform\.d\/plugins, and the entry of registry\.terraform\.io /,
  );
  expect(stderr).toContain(`making the executable for ${platform()}`);

  const home = join(machine.cwd, "terraform.d/plugins/registry.terraform.io/auditgate/auditgate");
  const zip = archiveName(providerPackage.version, platform());
  expect(readdirSync(home)).toEqual([zip]);
  const files = unzipSync(readFileSync(join(home, zip)));
  expect(Object.keys(files)).toEqual(["THIRD-PARTY-NOTICES.txt", "terraform-provider-auditgate"]);
  const locked = readFileSync(join(machine.cwd, ".terraform.lock.hcl"), "utf8");
  expect(locked).toContain(`"${packageHash(new Map(Object.entries(files)))}"`);

  await expectGate(machine, emulator);
});
