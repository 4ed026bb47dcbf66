import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { packageHash } from "../src/install/lock-file.ts";
import { providerPackage, readFiles } from "../src/package.ts";
import { createProject, platform, type Project } from "./project.ts";
import { startRegistry } from "./registry.ts";

const run = promisify(execFile);
const root = join(__dirname, "..", "..", "..");
const { version } = providerPackage;
const PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];
const PREFIX = `terraform-provider-auditgate_${version}`;

const MAIN = `
data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${sample.clusters.failedDump}"
}
output "failed" {
  value = data.auditgate_dws_audit_dump_records.dumps.summary.failed
}
`;

jest.setTimeout(240_000);

let emulator: Emulator;
let scratch: string;

beforeAll(async () => {
  emulator = await startEmulator();
  scratch = realpathSync(mkdtempSync(join(tmpdir(), "auditgate-release-")));
});
afterAll(async () => {
  rmSync(scratch, { recursive: true });
  await emulator.close();
});

/** A project in which the provider is not in place. */
function bareProject(engine: "terraform" | "tofu", env: NodeJS.ProcessEnv): Project {
  const project = createProject({ engine, env: { ...emulator.env, ...env }, main: MAIN });
  rmSync(join(project.folder, "terraform.d"), { recursive: true });
  rmSync(join(project.folder, ".terraform.lock.hcl"));
  return project;
}

const locked = (project: Project) => readFileSync(join(project.folder, ".terraform.lock.hcl"), "utf8");

describe("the mirror command", () => {
  const mirror = (...args: string[]) =>
    run(process.execPath, [join(__dirname, "..", "dist", "command.cjs"), "mirror", ...args], {
      cwd: scratch,
    });

  test("adds the provider for both engines and every platform, and leaves other versions", async () => {
    const folder = join(scratch, "all");
    const home = join(folder, "registry.opentofu.org", "auditgate", "auditgate");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "terraform-provider-auditgate_0.0.1_linux_amd64.zip"), "older");
    await mirror("all");
    const zips = PLATFORMS.map((name) => `${PREFIX}_${name}.zip`);
    expect(readdirSync(home).toSorted()).toEqual([
      "terraform-provider-auditgate_0.0.1_linux_amd64.zip",
      ...zips,
    ]);
    expect(readdirSync(home.replace("opentofu.org", "terraform.io")).toSorted()).toEqual(zips);
  });

  test.each([
    [[], 2, "Usage: "],
    [["a", "b"], 2, "Usage: "],
    [["a", "--engine", "tofu"], 2, "Usage: "],
    [["a", "--platform", "windows_amd64"], 1, "--platform is one of darwin_amd64, "],
  ])("mirror %j is refused with exit code %i and %s", async (args, code, text) => {
    const before = readdirSync(scratch);
    await expect(mirror(...args)).rejects.toMatchObject({ code, stderr: expect.stringContaining(text) });
    expect(readdirSync(scratch)).toEqual(before);
  });

  test.each(["terraform", "tofu"] as const)(
    "with the CLI configuration that it prints, %s installs from the mirror alone, and reads",
    async (engine) => {
      const { stdout } = await mirror(`mirror of ${engine}`, "--platform", platform());
      const configuration = join(scratch, `${engine}.tfrc`);
      writeFileSync(configuration, stdout.slice(stdout.indexOf("provider_installation")));
      const project = bareProject(engine, { TF_CLI_CONFIG_FILE: configuration });
      try {
        await project.succeed("init", "-input=false");
        // The hash that the install command would have locked.
        expect(locked(project)).toContain(`"${packageHash(readFiles())}"`);
        await project.succeed("apply", "-auto-approve", "-input=false");
        expect(await project.succeed("output", "-raw", "failed")).toBe("1");
      } finally {
        project.remove();
      }
    },
  );
});

describe("pnpm release terraform", () => {
  const { scripts }: { scripts: { readonly [name: string]: string } } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const release = (out: string, env: NodeJS.ProcessEnv, ...platforms: string[]) => {
    const [, ...args] = (scripts["release"] ?? "").split(" ");
    const { AUDITGATE_GPG_PRIVATE_KEY: _key, AUDITGATE_GPG_PASSPHRASE: _passphrase, ...others } = process.env;
    return run(
      process.execPath,
      [...args, "terraform", "--out", join(scratch, out), "--platform", ...platforms],
      {
        cwd: root,
        env: { ...others, ...env },
      },
    );
  };

  /** An RSA key in a keyring of its own: registries take no other kind than RSA and DSA. */
  function createKey(name: string, passphrase: string) {
    const home = mkdtempSync(join(tmpdir(), "gpg-"));
    const gpg = (...args: string[]) =>
      execFileSync(
        "gpg",
        ["--homedir", home, "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase, ...args],
        { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
      );
    try {
      gpg("--quick-generate-key", name, "rsa2048", "sign", "never");
      return {
        env: {
          AUDITGATE_GPG_PRIVATE_KEY: gpg("--armor", "--export-secret-keys"),
          AUDITGATE_GPG_PASSPHRASE: passphrase,
        },
        publicKey: gpg("--armor", "--export"),
      };
    } finally {
      execFileSync("gpgconf", ["--homedir", home, "--kill", "all"]);
      rmSync(home, { recursive: true });
    }
  }

  test("without gpg, or with a wrong key or passphrase, it fails and says so without them", async () => {
    const key = createKey("passphrase", "canary-passphrase");
    const wrong = { ...key.env, AUDITGATE_GPG_PASSPHRASE: "canary-other" };
    const noKey = { AUDITGATE_GPG_PRIVATE_KEY: "canary-key" };
    for (const [env, message] of [
      [wrong, /gpg exited with 2: .*bad passphrase/is],
      [noKey, /gpg exited with 2: .*no valid OpenPGP data/is],
      [{ ...key.env, PATH: scratch }, /signing needs gpg \(GnuPG\) on the PATH/],
    ] as const) {
      const outcome = await release("refused", env, platform()).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
      expect(JSON.stringify(outcome)).not.toMatch(/canary|PRIVATE KEY BLOCK/);
      // Before anything is made.
      expect(readdirSync(scratch)).not.toContain("refused");
    }
  });

  describe("signed and served by a registry", () => {
    let right: ReturnType<typeof createKey>;
    beforeAll(async () => {
      right = createKey("release", "a passphrase");
      await release("signed", right.env, platform(), "linux_arm64");
    }, 300_000);

    async function initialise(engine: "terraform" | "tofu", publicKey: string) {
      const registry = await startRegistry({ release: join(scratch, "signed"), publicKey });
      const trusted = join(scratch, "registry.pem");
      writeFileSync(trusted, registry.certificate);
      const project = bareProject(engine, { SSL_CERT_FILE: trusted });
      project.write(
        "main.tf",
        `terraform {
  required_providers {
    auditgate = { source = "${registry.host}/auditgate/auditgate" }
  }
}
${MAIN}`,
      );
      try {
        const outcome = await project.run("init", "-input=false", "-no-color");
        if (outcome.code === 0) await project.succeed("plan", "-input=false");
        return { ...outcome, lockFile: outcome.code === 0 ? locked(project) : "" };
      } finally {
        project.remove();
        await registry.close();
      }
    }

    test.each(["terraform", "tofu"] as const)("%s verifies and installs it, and reads", async (engine) => {
      const { code, stdout, lockFile } = await initialise(engine, right.publicKey);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/auditgate v\S+ \((?:self-)?signed, key ID/)]);
      const unpacked = unzipSync(readFileSync(join(scratch, "signed", `${PREFIX}_${platform()}.zip`)));
      expect(lockFile).toContain(`"${packageHash(new Map(Object.entries(unpacked)))}"`);
      // Locked for every platform, though only this one was downloaded, by what the registry signed.
      const zip = readFileSync(join(scratch, "signed", `${PREFIX}_linux_arm64.zip`));
      expect(lockFile).toContain(`"zh:${createHash("sha256").update(zip).digest("hex")}"`);
    });

    test.each(["terraform", "tofu"] as const)(
      "%s refuses it where the registry knows another key",
      async (engine) => {
        const { code, stderr } = await initialise(engine, createKey("other", "").publicKey);
        expect(code).toBe(1);
        expect(stderr.replaceAll(/[\s│]+/g, " ")).toMatch(/signature/);
      },
    );
  });
});
