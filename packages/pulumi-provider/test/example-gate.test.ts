import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { blocksOf } from "../../../test/page-blocks.ts";
import { copyOf, type Result, type Shell, shellWith } from "./example.ts";
import { changeNewestDump } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const PAGE = "docs/gate-pulumi.md";
const README = "examples/pulumi-gate/README.md";
const program = readFileSync(resolve("examples/pulumi-gate/index.ts"), "utf8");

let emulator: Emulator;
let at: Scratch;
let shell: Shell;
let folder: string;

beforeEach(async () => {
  emulator = await startEmulator();
  at = scratch();
  shell = shellWith(at, emulator);
  folder = copyOf(at, "pulumi-gate");
});

afterEach(async () => {
  await emulator.close();
  at.remove();
});

/** The commands of a block for a shell, without their comments and with the cluster that they leave open. */
function commandsIn(block: string): readonly string[] {
  const lines = block.split("\n").map((line) => line.replace(/ +#.*/, ""));
  return lines
    .filter((line) => line.startsWith("pulumi "))
    .map((line) => line.replace("clusterId …", `clusterId ${sample.clusters.healthy}`));
}

function sh(command: string): Promise<Result> {
  return shell(folder, "sh", ["-c", command], {
    AUDITGATE_MAX_RETRIES: "0",
    PULUMI_OPTION_NON_INTERACTIVE: "true",
  });
}

function releases(): string {
  const file = join(folder, "deployed.txt");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

const failDump = () => changeNewestDump(emulator, { result: "FAILED", failed_reason: "The bucket is full." });

/** A text with its times of day, padding at line ends and indentation taken out. */
function plain(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:]+/g, "<time>")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

test("the commands of the example's README deploy, are blocked, and deploy once the trail is in order again", async () => {
  const [block = ""] = blocksOf(README, "sh");
  const [init = "", cluster = "", first = "", release = "", second = "", third = "", ...others] =
    commandsIn(block);
  expect(others).toEqual([]);
  for (const command of [init, cluster, first]) expect((await sh(command)).code).toBe(0);
  expect(releases()).toBe("1.0.0\n");
  expect((await sh(release)).code).toBe(0);

  failDump();
  for (const command of [second, third]) {
    const { stdout, code } = await sh(command);
    expect(code).not.toBe(0);
    expect(stdout).toContain("The gate is closed: 1 violation");
  }
  expect(releases()).toBe("1.0.0\n");

  await emulator.reset();
  expect((await sh(second)).code).toBe(0);
  expect(releases()).toBe("1.0.0\n1.1.0\n");
  expect((await sh("pulumi destroy --yes")).code).toBe(0);
});

test("the page's commands say what the page shows", async () => {
  const [, commands = ""] = blocksOf(PAGE, "sh");
  const [init = "", cluster = "", preview = "", ...others] = commandsIn(commands);
  expect(others).toEqual([]);
  for (const command of [init, cluster, preview]) expect((await sh(command)).code).toBe(0);
  failDump();
  const { stdout, code } = await sh(preview);
  expect(code).not.toBe(0);
  const [shown = ""] = blocksOf(PAGE, "");
  expect(shown).toContain("The gate is closed: 1 violation");
  expect(plain(stdout)).toContain(plain(shown));
  expect(releases()).toBe("");
});

test("the page's own rule takes the place of the policy", async () => {
  const rule = blocksOf(PAGE, "ts").find((code) => code.includes("gateCheck(")) ?? "";
  const gate = /^const gate = .*?^}\);$/ms;
  expect(program).toMatch(gate);
  writeFileSync(
    join(folder, "index.ts"),
    program
      .replace(gate, rule)
      .replace("{ AuditGate,", "{ AuditGate, DwsParameterModificationRecords, gateCheck,"),
  );
  await sh("pulumi stack init dev");
  const { stdout, code } = await sh(`DWS_CLUSTER_ID=${sample.clusters.healthy} pulumi up --yes`);
  expect(code).not.toBe(0);
  expect(stdout).toMatch(
    /calm: parameter modifications of DWS cluster .*\n +expected +fewer than 10 changes\n/,
  );
  const calm = `DWS_CLUSTER_ID=${sample.clusters.empty} pulumi up --yes`;
  expect((await sh(calm)).code).toBe(0);
  expect(releases()).toBe("1.0.0\n");
});

test("the page shows the example's own program, whole and in part", () => {
  const shown = blocksOf(PAGE, "ts");
  expect(shown).toContain(program);
  expect(program).toContain(shown[0]);
});
