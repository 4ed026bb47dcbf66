import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Deployment, LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { READ_PROVIDER } from "../src/process/stored-providers.ts";
import { install, pack } from "./consumer.ts";
import { consumers } from "./consumers.ts";
import { formerState } from "./former-state.ts";
import { failNewestDump, runOf } from "./gate-stack.ts";
import { type Scratch, scratch, workspaceOptions } from "./stack.ts";
import { runWithoutWorkDir } from "./without-work-dir.ts";

jest.setTimeout(300_000);

// Each takes half a minute to install: two stand for them all, unless they are asked for.
const isMatrix = Boolean(process.env["AUDITGATE_MATRIX"]);
const representatives = Object.keys(consumers).filter((name) => /^npm, CommonJS|^pnpm, through/.test(name));
const names = isMatrix ? Object.keys(consumers) : representatives;

let emulator: Emulator;
let at: Scratch;
/** Another machine: with another home, and another place for the state. */
let elsewhere: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  elsewhere = scratch();
  await pack(at);
}, 120_000);

afterEach(() => emulator.reset());

afterAll(async () => {
  await emulator.close();
  at.remove();
  elsewhere.remove();
});

describe.each(names)("packed and installed: %s", (name) => {
  const consumer = consumers[name]!;
  const index = names.indexOf(name);
  let folder: string;

  beforeAll(async () => {
    folder = await install(at, `consumer-${index}`, consumer);
  });

  const optionsOn = (machine: Scratch) =>
    workspaceOptions(machine, { env: { ...emulator.env, ...consumer.env } });
  const makeStack = async (stackName: string) => {
    const stack = await LocalWorkspace.createStack({ stackName, workDir: folder }, await optionsOn(at));
    await stack.setAllConfig({
      clusterId: { value: sample.clusters.healthy },
      instanceId: { value: sample.instances.healthy },
    });
    return stack;
  };
  /** The stack on another machine, that sees nothing of this one but what is installed, and the state. */
  const moveStack = async (stackName: string, state: Deployment) => {
    const stack = await LocalWorkspace.createStack(
      { stackName, workDir: folder },
      await optionsOn(elsewhere),
    );
    await stack.importStack(state);
    return stack;
  };

  test("it previews, ups and refreshes; on another machine than the last up too, where it is destroyed", async () => {
    const stackName = `dev${index}`;
    const stack = await makeStack(stackName);
    const created = consumer.library === undefined ? 2 : 3;
    expect((await stack.preview()).changeSummary).toEqual({ create: created });
    const { outputs } = await stack.up();
    expect(outputs["totals"]?.value).toEqual({
      dumps: 336,
      changes: 12,
      logs: expect.any(Number),
      passed: true,
    });
    expect(outputs["totals"]?.value.logs).toBeGreaterThan(50);
    await stack.refresh({ expectNoChanges: true });
    // What runs from the state is the same in every install, and names no folder.
    const state = await stack.exportStack();
    const stored = ["dwsAuditDumpRecords", "ddsAuditLogs"].map(
      (query) => `exports.handler = () => (${READ_PROVIDER})("${query}");\n`,
    );
    expect(providersIn(state)).toEqual(stored.toSorted());

    folder = movedFrom(folder);
    const moved = await moveStack(stackName, state);
    await moved.refresh({ expectNoChanges: true });
    await moved.preview({ expectNoChanges: true });
    await moved.up({ expectNoChanges: true });
    const { summary } = await moved.destroy();
    expect(summary.resourceChanges).toEqual({ delete: created, discard: 2 });
  });

  // What depends on the package itself upgrades in `upgrade.test.ts`.
  if (!isMatrix && consumer.library === undefined) return;
  test("a stack that 0.1.0 made stays closed, upgrades with one discard and no operation of the user's, and goes on elsewhere", async () => {
    const stackName = `former${index}`;
    writeFileSync(join(folder, consumer.main), consumer.former);
    const stack = await makeStack(stackName);
    await stack.importStack(formerState({ project: "consumer", stack: stackName }));
    failNewestDump(emulator);
    const closed = await runOf((on) => stack.up(on));
    expect(closed.diagnostics).toMatch(/error: The gate is closed: 1 violation/);
    await emulator.reset();
    const upgrade = { discard: 1, read: 1, same: 3 };
    expect((await stack.preview()).changeSummary).toEqual(upgrade);
    expect((await stack.up()).summary.resourceChanges).toEqual(upgrade);
    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    const moved = await moveStack(stackName, await stack.exportStack());
    await moved.refresh({ expectNoChanges: true });
    await moved.up({ expectNoChanges: true });
  });
});

if (isMatrix) {
  test("packed and installed, a program of the Automation API without workDir: here, after an upgrade, on another machine", async () => {
    const consumer = consumers["npm, ES module, precompiled"]!;
    const folder = await install(at, "automation", consumer);
    const on = (machine: Scratch, state?: Deployment) =>
      runWithoutWorkDir(folder, { at: machine, env: emulator.env, resources: true, ...(state && { state }) });
    const made = await on(at);
    expect(made).toMatchObject({ total: 336, previewed: { create: 3 }, upped: { create: 3 } });
    expect(await on(elsewhere, made.state)).toMatchObject({ previewed: { same: 3 }, upped: { same: 3 } });
    const upgrade = { discard: 1, read: 1, same: 3 };
    const former = formerState({ stack: "nowhere" });
    const upgraded = await on(at, former);
    expect(upgraded).toMatchObject({ total: 336, previewed: upgrade, upped: upgrade });
    expect(await on(elsewhere, upgraded.state)).toMatchObject({ previewed: { same: 3 }, upped: { same: 3 } });
  });
}

function providersIn({ deployment: { resources = [] } }: Deployment): string[] {
  return resources
    .flatMap(({ inputs }: { inputs?: { __provider?: string } }) => inputs?.__provider ?? [])
    .toSorted();
}

// The project lies elsewhere, with what is installed in it.
function movedFrom(folder: string): string {
  const [, name = ""] = /([^/]+)(\/app)?$/.exec(folder) ?? [];
  renameSync(join(at.folder, name), join(elsewhere.folder, name));
  return folder.replace(at.folder, elsewhere.folder);
}
