import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

import { cacheFolder } from "../scripts/engines/locate.ts";

jest.setTimeout(300_000);

type Env = Readonly<Record<string, string>>;

/** What `pnpm demo` runs. */
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { demo: string } };

let emulator: Emulator;
/** Where the demo makes its scratch folder. */
let temporary: string;

beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "auditgate-demo-test-"));
});
afterEach(() => rmSync(temporary, { recursive: true }));
afterAll(() => emulator.close());

test("shows outputs, what plan and preview see of a dump that failed, and gates that block because of it", async () => {
  const { code, output } = await demo().ended;
  expect(output).toMatch(/headline +0 of 48 dumps failed, 3 of 20 parameter changes are pending/);
  // The command line comes first of all, for it needs no engine.
  const [commandLine = "", engines = ""] = output.split(/^✔ Terraform: .*$/m);
  const [inOrder = "", closed = ""] = commandLine.split("has failed:");
  expect(inOrder).toMatch(/^✔ auditgate check policy\.yaml: ends with 0 .*\n\nThe gate has passed/m);
  expect(closed).toMatch(/^✔ auditgate check policy\.yaml: ends with 1 /m);
  expect(closed).toMatch(/ found +1 failed dump\n[^✔]*The gate is closed: 1 violation\n/);
  expect(closed).toMatch(/was run again, with success\.\n\n✔ auditgate check policy\.yaml: ends with 0 /);
  const [terraform = "", pulumi = ""] = engines.split(/^✔ Pulumi: .*$/m);
  for (const [said, title, count] of [
    [terraform, "CDKTF stack audit-outputs", "dump_summary\\.failed"],
    [pulumi, "Pulumi stack pulumi-outputs", "dumpsFailed"],
  ] as const) {
    const [deployed = "", changed = ""] = said.split("has failed:");
    expect(deployed).toContain(title);
    expect(changed).toContain(title);
    expect(changed).toMatch(new RegExp(`^ +${count} +0 +1$`, "m"));
    expect(changed).toMatch(/^ +headline +0 of 48 dumps failed.* 1 of 48 dumps failed/m);
  }
  expectGate(terraform, { gate: "terraform-gate", preview: "terraform plan", deploy: "terraform apply" });
  expectGate(pulumi, { gate: "pulumi-gate", preview: "pulumi preview", deploy: "pulumi up" });
  expect(code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});

/** The second act: in order, deployed; a dump fails, blocked with the reasons; run again, deployed. */
function expectGate(
  output: string,
  { gate, preview, deploy }: Readonly<Record<"gate" | "preview" | "deploy", string>>,
) {
  const [, inOrder = "", afterwards = ""] = output.split("was run again, with success.");
  const [first = "", blocked = ""] = inOrder.split("has failed:");
  expect(first).toMatch(new RegExp(`✔ .*${gate}.*: ${deploy}: deployed: 1\\.0\\.0 `));
  expect(blocked).toMatch(new RegExp(`✔ .*: ${preview} of release 1\\.1\\.0: blocked; deployed: 1\\.0\\.0 `));
  const [, said = ""] = blocked.split(`What \`${preview}\` says`);
  expect(said).toMatch(/The gate is closed: 1 violation\n[^✔]*found +1 failed dump\n/);
  expect(afterwards).toMatch(
    new RegExp(`✔ .*: ${deploy} of release 1\\.1\\.0: deployed: 1\\.0\\.0, 1\\.1\\.0 `),
  );
}

test("runs against the server that the environment names, and changes nothing there", async () => {
  const asked = {
    DWS_CLUSTER_ID: sample.clusters.failedDump,
    DDS_INSTANCE_ID: sample.instances.silentNode,
  };
  const { code, output } = await demo({ ...emulator.env, ...asked }).ended;
  expect(output).toContain(`Against the server in the environment (${emulator.url})`);
  expect(output.match(/headline +1 of 168 dumps failed/g)).toHaveLength(2);
  expect(output).toContain("no second plan is shown");
  expect(code).toBe(0);
  expect(emulator.requests.length).toBeGreaterThan(10);
  expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test("fails with the engine's message when a part fails", async () => {
  const asked = { DWS_CLUSTER_ID: sample.clusters.unknown, DDS_INSTANCE_ID: sample.instances.healthy };
  const { code, output } = await demo({ ...emulator.env, ...asked }).ended;
  expect(output).toMatch(/✖ CDKTF example: terraform plan: failed/);
  expect(output).toMatch(/`terraform plan` failed \(exit code 1\):[^]*DWS\.3027/);
  expect(output).not.toMatch(/^\s+at .*:\d+/m);
  expect(code).toBe(1);
  expect(readdirSync(temporary)).toEqual([]);
});

test("says which ids are missing where only a server is named", async () => {
  const { code, output } = await demo(emulator.env).ended;
  expect(output.trim()).toMatch(
    /^AUDITGATE_… variables name a server.*set DWS_CLUSTER_ID and DDS_INSTANCE_ID/,
  );
  expect(code).toBe(1);
});

test.each([
  ["auditgate check", undefined],
  ["terraform plan", "terraform init"],
  ["pulumi preview", "pulumi stack init"],
])("an interruption during `%s` leaves no file and no process", async (_, before) => {
  const asked = { DWS_CLUSTER_ID: sample.clusters.healthy, DDS_INSTANCE_ID: sample.instances.healthy };
  const run = demo({ ...emulator.env, ...asked });
  if (before) await run.printed(before);
  // Nobody answers, so that the command stays where it is.
  const fault = emulator.inject({ connection: "hang" });
  while (fault.hits === 0) await new Promise((next) => setTimeout(next, 50));
  run.interrupt();
  const { code } = await run.ended;
  await emulator.clearFaults();
  expect(code).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesIn(temporary)).toEqual([]);
});

/** Runs the demo with nothing of this machine's settings. */
function demo(env: Env = {}) {
  const [program, ...args] = scripts.demo.split(" ");
  const child = spawn(program === "node" ? process.execPath : String(program), args, {
    cwd: resolve("."),
    env: {
      PATH: process.env["PATH"],
      HOME: temporary,
      AUDITGATE_ENGINES: cacheFolder(),
      TMPDIR: temporary,
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  return {
    ended: new Promise<{ readonly code: number | null; readonly output: string }>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done({ code, output }));
    }),
    printed: async (text: string) => {
      while (!output.includes(text) && child.exitCode === null)
        await new Promise((next) => setTimeout(next, 50));
    },
    interrupt: () => child.kill("SIGINT"),
  };
}

/** Command lines of processes that were started with this folder as their place for scratch files. */
function processesIn(folder: string): string[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc")
    .filter((id) => /^\d+$/.test(id))
    .flatMap((id) => {
      try {
        const [environ, line] = ["environ", "cmdline"].map((file) =>
          readFileSync(`/proc/${id}/${file}`, "utf8"),
        );
        return environ?.includes(`TMPDIR=${folder}`) ? [line ?? ""] : [];
      } catch {
        // It has ended, or is another user's.
        return [];
      }
    });
}
