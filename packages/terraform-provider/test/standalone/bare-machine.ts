import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "@auditgate/emulator";
import { engines } from "../../../../scripts/engines/locate.ts";
import type { Engine } from "../../src/install/engine.ts";

const run = promisify(execFile);
const readme = readFileSync(resolve(__dirname, "../../../../README.md"), "utf8");
const [, gate = ""] = /^```hcl main\.tf\n(.*?)^```$/ms.exec(readme) ?? [];
/** What the README's gate is about. */
const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";

/** A home where the PATH has an engine and nothing else, and a folder in it with the README's gate. */
export interface BareMachine {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Calls the engine. */
  call(...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }>;
}

/**
 * @param scratch - Folder to make it in.
 * @param env - What else is set.
 */
export function bareMachine(scratch: string, engine: Engine, env: NodeJS.ProcessEnv): BareMachine {
  const home = mkdtempSync(join(scratch, `${engine}-`));
  const cwd = join(home, "gated");
  for (const path of [cwd, join(home, "bin")]) mkdirSync(path);
  symlinkSync(engines()[engine], join(home, "bin", engine));
  writeFileSync(join(cwd, "main.tf"), gate);
  const own = { ...env, PATH: join(home, "bin"), HOME: home, TMPDIR: home, CHECKPOINT_DISABLE: "1" };
  return {
    cwd,
    env: own,
    call: (...args) => run(engines()[engine], [...args, "-no-color", "-input=false"], { cwd, env: own }),
  };
}

/** The README's gate, on a machine without Node.js where the provider can be found: it opens, and closes when a dump fails. */
export async function expectGate({ env, call }: BareMachine, emulator: Emulator): Promise<void> {
  const node = run("node", ["--version"], { env: { PATH: env["PATH"] } });
  await expect(node).rejects.toMatchObject({ code: "ENOENT" });
  await call("init");
  expect((await call("apply", "-auto-approve")).stdout).toContain("Apply complete! Resources: 1 added");
  await fetch(`${emulator.url}/_emulator/clusters/${CLUSTER}/dumps/latest`, {
    method: "PATCH",
    body: JSON.stringify({ result: "FAILED", failed_reason: "The bucket is full." }),
  });
  await expect(call("apply", "-auto-approve")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/found\s+1 failed dump/),
  });
  await emulator.reset();
}
