import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { copyOf, type Result, type Shell, shellWith } from "./example.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

let emulator: Emulator;
let at: Scratch;
let shell: Shell;
let pack: string;
/** What the CLI is given as the pack: its folder, or a program in it. */
let started: string;
let program: string;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  shell = shellWith(at, emulator);
  pack = copyOf(at, "pulumi-policy");
  started = pack;
  program = copyOf(at, "pulumi-gate");
  for (const stack of ["prod", "live-eu", "dev"]) await pulumi("stack", "init", stack);
  if (!(await hostRunsPacks())) started = startsItself();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

function pulumi(...args: readonly string[]): Promise<Result> {
  const env = { DWS_CLUSTER_ID: sample.clusters.healthy, AUDITGATE_MAX_RETRIES: "0" };
  return shell(program, "pulumi", [...args, "--non-interactive"], env);
}

const preview = (stack: string, ...args: readonly string[]) =>
  pulumi("preview", "--stack", stack, "--policy-pack", started, ...args);

/** False for the language host that Go modules have: it is an old one, which cannot start policy packs. */
async function hostRunsPacks(): Promise<boolean> {
  const { stderr } = await preview("dev");
  return !/failed to start: .*not supported/.test(stderr);
}

/** A pack may be a program, which the CLI starts without a language host: here with what a host would start. */
function startsItself(): string {
  const file = join(pack, "start");
  writeFileSync(
    file,
    `#!/bin/sh
cd "$(dirname "$0")"
exec node "$(node -p 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")')" "$1" .
`,
  );
  chmodSync(file, 0o755);
  return file;
}

function change(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has changed`);
  writeFileSync(file, changed);
}

async function withProgram(from: string | RegExp, to: string, work: () => Promise<void>): Promise<void> {
  const file = join(program, "index.ts");
  const text = readFileSync(file, "utf8");
  try {
    change(file, from, to);
    await work();
  } finally {
    writeFileSync(file, text);
  }
}

const GATE = /^const gate = .*?^void guardStack\(gate\);$/ms;
const EXISTS = "production-has-a-gate";
const HOLDS = "production-gate-is-mandatory";

test("a production stack with a gate satisfies both policies", async () => {
  const { stdout, code } = await preview("prod");
  expect(stdout).toContain("auditgate@v0.1.0");
  expect(stdout).not.toContain(EXISTS);
  expect(stdout).not.toContain(HOLDS);
  expect(code).toBe(0);
});

test("without a gate a production stack is refused, and any other is not", async () => {
  const evidence = /^export const evidence.*$/m;
  await withProgram(GATE, "", () =>
    withProgram(evidence, "", async () => {
      const { stdout, code } = await preview("prod");
      expect(stdout).toMatch(new RegExp(`\\[mandatory\\].*${EXISTS}`));
      expect(stdout).toContain("This stack deploys without looking at the audit trail.");
      expect(code).not.toBe(0);
      const dev = await preview("dev");
      expect(dev.code).toBe(0);
    }),
  );
});

test.each(['enforcement: "advisory"', 'onError: "warn"'])(
  "a gate with %s is refused in a production stack alone",
  (softened) =>
    withProgram('new AuditGate("gate", {', `new AuditGate("gate", {\n  ${softened},`, async () => {
      const { stdout, code } = await preview("prod");
      expect(stdout).toMatch(new RegExp(`\\[mandatory\\].*${HOLDS}`));
      expect(stdout).toContain(`Remove \`${softened}\`.`);
      expect(stdout).not.toContain(EXISTS);
      expect(code).not.toBe(0);
      const dev = await preview("dev");
      expect(dev.code).toBe(0);
    }),
);

test("the configuration that the README shows says which stacks are production", async () => {
  const readme = readFileSync(join(pack, "README.md"), "utf8");
  const [, json = ""] = /echo '({.*})' > policy\.json/.exec(readme) ?? [];
  const file = join(at.folder, "policy.json");
  writeFileSync(file, json);
  await withProgram(GATE, "const gate = { evidenceDigest: 0 };", async () => {
    const live = await preview("live-eu", "--policy-pack-config", file);
    expect(live.stdout).toContain(EXISTS);
    expect(live.code).not.toBe(0);
    const prod = await preview("prod", "--policy-pack-config", file);
    expect(prod.code).toBe(0);
  });
});
