import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type Deployment, LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { READ_PROVIDER } from "../src/process/stored-providers.ts";
import { install, pack } from "./consumer.ts";
import { consumers } from "./consumers.ts";
import { type Scratch, scratch, workspaceOptions } from "./stack.ts";

// Each takes half a minute to install: two stand for them all, unless they are asked for.
const representatives = Object.keys(consumers).filter((name) => /^npm, CommonJS|^pnpm, through/.test(name));
const names = process.env["AUDITGATE_MATRIX"] ? Object.keys(consumers) : representatives;

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  await pack(at);
}, 120_000);

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test.each(names)(
  "packed and installed, it previews, ups, refreshes and destroys, in another folder too: %s",
  async (name) => {
    const consumer = consumers[name]!;
    const folder = await install(at, `consumer-${names.indexOf(name)}`, consumer);
    const options = await workspaceOptions(at, { env: { ...emulator.env, ...consumer.env } });
    const stackName = `dev${names.indexOf(name)}`;
    const stack = await LocalWorkspace.createStack({ stackName, workDir: folder }, options);
    await stack.setAllConfig({
      clusterId: { value: sample.clusters.healthy },
      instanceId: { value: sample.instances.healthy },
    });
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
    // What stands in the state is the same in every install, and names no folder.
    const { deployment } = await stack.exportStack();
    const stored = ["dwsAuditDumpRecords", "ddsAuditLogs"].map(
      (query) => `exports.handler = () => (${READ_PROVIDER})("${query}");\n`,
    );
    expect(providersIn(deployment)).toEqual(stored.toSorted());
    const moved = await LocalWorkspace.selectStack({ stackName, workDir: movedFrom(folder) }, options);
    await moved.refresh({ expectNoChanges: true });
    await moved.up({ expectNoChanges: true });
    const { summary } = await moved.destroy();
    expect(summary.resourceChanges).toEqual({ delete: created, discard: 2 });
  },
  300_000,
);

function providersIn({ resources = [] }: Deployment["deployment"]): string[] {
  return resources
    .flatMap(({ inputs }: { inputs?: { __provider?: string } }) => inputs?.__provider ?? [])
    .toSorted();
}

// As on another machine: the project lies elsewhere, with what is installed in it.
function movedFrom(folder: string): string {
  const [, name = ""] = /([^/]+)(\/app)?$/.exec(folder) ?? [];
  const elsewhere = join(at.folder, "elsewhere");
  mkdirSync(elsewhere, { recursive: true });
  renameSync(join(at.folder, name), join(elsewhere, name));
  return folder.replace(at.folder, elsewhere);
}
