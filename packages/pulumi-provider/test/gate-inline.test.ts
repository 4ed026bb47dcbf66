import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { engineSet } from "../../../scripts/engines/catalogue.ts";
import { engines } from "../../../scripts/engines/locate.ts";
import { install, OLDEST_SDK, pack } from "./consumer.ts";
import { CLOSED, failNewestDump } from "./gate-stack.ts";
import { projectFolder, type Scratch, scratch } from "./stack.ts";

jest.setTimeout(900_000);

/** One operation of an inline program. */
interface Planned {
  readonly title: string;
  readonly operation: "preview" | "up";
  readonly deployed: readonly string[];
  readonly awaits?: boolean;
  readonly options?: object;
}

interface Ran {
  readonly operations: readonly string[];
  readonly urns: readonly string[];
  readonly text: string;
  readonly error?: string;
}

// The SDK that the package is developed with, and where it is asked for the oldest that it works with.
const withOldest = process.env["AUDITGATE_MATRIX"] || engineSet() === "oldest";
const sdks = withOldest ? ["newest", OLDEST_SDK] : ["newest"];

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

async function folderWith(sdk: string): Promise<string> {
  if (sdk === "newest") return projectFolder(at);
  await pack(at);
  return install(at, `sdk-${sdk}`, { manager: "npm", type: "module", main: "none.mjs", program: "", sdk });
}

async function run(folder: string, planned: readonly Planned[]): Promise<readonly Ran[]> {
  copyFileSync(join(__dirname, "inline-runs.mjs"), join(folder, "inline-runs.mjs"));
  const env = { ...at.env, ...emulator.env, PULUMI_BACKEND_URL: `file://${join(at.folder, "state")}` };
  const asked = {
    root: engines().pulumiRoot,
    folder,
    clusterId: sample.clusters.healthy,
    pulumiHome: join(at.folder, "home"),
    log: join(at.folder, "deleted.log"),
    env,
    runs: planned,
  };
  const { stdout } = await promisify(execFile)(process.execPath, ["inline-runs.mjs", JSON.stringify(asked)], {
    cwd: folder,
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Ran);
}

const both = ["first", "second"];
// Without what it guards in the program, nothing but the gate itself tells the engine that something is wrong.
const closed: readonly Planned[] = [true, false].flatMap((awaits) => {
  const how = awaits ? "with the await" : "without it";
  return [
    { title: `preview, ${how}`, operation: "preview", deployed: [], awaits },
    { title: `up, ${how}`, operation: "up", deployed: [], awaits },
    { title: `up of a part, ${how}`, operation: "up", deployed: ["first"], awaits },
    {
      title: `up --target, ${how}`,
      operation: "up",
      deployed: [],
      awaits,
      options: { target: ["**::second"] },
    },
    {
      title: `up --continue-on-error, ${how}`,
      operation: "up",
      deployed: [],
      awaits,
      options: { continueOnError: true },
    },
    {
      title: `up --continue-on-error --target, ${how}`,
      operation: "up",
      deployed: ["first"],
      awaits,
      options: { continueOnError: true, target: ["**::second"] },
    },
  ] satisfies readonly Planned[];
});

test.each(sdks)("an inline program with a closed gate deletes nothing: SDK %s", async (sdk) => {
  const folder = await folderWith(sdk);
  await emulator.reset();
  const [open] = await run(folder, [{ title: "open", operation: "up", deployed: both, awaits: true }]);
  expect(open?.error).toBeUndefined();
  expect(open?.urns).toEqual(expect.arrayContaining(["gate", ...both]));
  failNewestDump(emulator);
  const found = await run(folder, closed);
  expect(found).toHaveLength(closed.length);
  for (const [index, { operations, urns, text, error }] of found.entries()) {
    const { title } = closed[index]!;
    expect([title, operations.filter((each) => /delete|replace|discard/.test(each))]).toEqual([title, []]);
    expect([title, urns.toSorted()]).toEqual([title, open?.urns.toSorted()]);
    expect([title, text]).toEqual([title, expect.stringMatching(CLOSED)]);
    expect([title, error]).toEqual([title, expect.stringMatching(/failed/)]);
  }
  const log = join(at.folder, "deleted.log");
  expect(existsSync(log) ? readFileSync(log, "utf8") : "").toBe("");
  // Once the trail is in order, what was dropped is deleted as always.
  await emulator.reset();
  const [after] = await run(folder, [
    { title: "open again", operation: "up", deployed: ["first"], awaits: false },
  ]);
  expect(after?.operations).toContain("delete second");
});
