import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Signs a file with `gpg`, into a file beside it named `….sig`: binary, as registries want it.
 *
 * The key is in a folder of its own meanwhile, in no keyring of this machine.
 *
 * @param privateKey - Armoured OpenPGP private key.
 * @returns The key's fingerprint.
 * @throws {Error} where gpg is missing or refuses; its message holds neither key nor passphrase.
 */
export async function signDetached(file: string, privateKey: string, passphrase = ""): Promise<string> {
  // A short path, as the agent's socket lies in it. mkdtemp makes it ours alone.
  const home = mkdtempSync(join(tmpdir(), "gpg-"));
  const gpg = (args: readonly string[], input: string) =>
    run("gpg", ["--homedir", home, "--batch", "--no-tty", ...args], input);
  try {
    await gpg(["--import"], privateKey);
    const listed = await gpg(["--with-colons", "--list-secret-keys"], "");
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1];
    if (!fingerprint) throw new Error("gpg: AUDITGATE_GPG_PRIVATE_KEY holds no private key");
    const unlocked = ["--pinentry-mode", "loopback", "--passphrase-fd", "0"];
    const sign = ["--yes", "--local-user", fingerprint, "--output", `${file}.sig`, "--detach-sign", file];
    await gpg([...unlocked, ...sign], `${passphrase}\n`);
    return fingerprint;
  } finally {
    // The agent that gpg started for this folder.
    await run("gpgconf", ["--homedir", home, "--kill", "all"], "").catch(() => undefined);
    rmSync(home, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env: { PATH: process.env["PATH"], LC_ALL: "C" } });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.once("error", (error: NodeJS.ErrnoException) =>
      fail(error.code === "ENOENT" ? new Error(`signing needs ${command} (GnuPG) on the PATH`) : error),
    );
    child.once("close", (code) =>
      code === 0 ? done(output.stdout) : fail(new Error(`${command} exited with ${code}: ${output.stderr}`)),
    );
    // A program that ended without reading is reported by its exit code.
    child.stdin.on("error", () => undefined).end(input);
  });
}
