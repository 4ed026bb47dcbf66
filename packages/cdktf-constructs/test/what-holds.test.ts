import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sample, startEmulator } from "@auditgate/emulator";
import { App, DataResource, LocalBackend, TerraformHclModule, TerraformStack } from "cdktf";
import { ACTIONS, GUARDED, type Way } from "../../../scripts/test/matrix/configuration.ts";
import { type Outcome, type Release, tryRelease } from "../../../scripts/test/matrix/trial.ts";
import { AuditGate, AuditgateProvider } from "../src/index.ts";
import { createBench, type EngineName } from "./bench.ts";

jest.setTimeout(180_000);

interface Case {
  readonly engine: EngineName;
  readonly way: Way;
  readonly savedPlans: boolean;
  /** Where the guarded resources are: in the stack, or in a module, or a module of a module, of it. */
  readonly place: "stack" | "module" | "module of a module";
}

/** The guarded resources of a release, in the stack itself. */
function addResources(stack: TerraformStack, release: Release): void {
  const add = (name: string, config: ConstructorParameters<typeof DataResource>[2] = {}) =>
    new DataResource(stack, name, config);
  add(release === "two" ? GUARDED.create : GUARDED.drop);
  add(GUARDED.update, { input: { release } });
  add(GUARDED.replace, { triggersReplace: { release } });
  add(GUARDED["replace, new one first"], {
    triggersReplace: { release },
    lifecycle: { createBeforeDestroy: true },
  });
}

/** The same as a module, with or without another one between. */
function addModule(stack: TerraformStack, folder: string, release: Release, isInner: boolean): void {
  const resource = (name: string, body: string) => `resource "terraform_data" "${name}" {\n  ${body}\n}\n`;
  const text = [
    resource(release === "two" ? GUARDED.create : GUARDED.drop, ""),
    resource(GUARDED.update, `input = "${release}"`),
    resource(GUARDED.replace, `triggers_replace = "${release}"`),
    resource(
      GUARDED["replace, new one first"],
      `triggers_replace = "${release}"\n  lifecycle {\n    create_before_destroy = true\n  }`,
    ),
  ].join("");
  const outer = isInner ? 'module "inner" {\n  source = "./inner"\n}\n' : text;
  mkdirSync(join(folder, "service", "inner"), { recursive: true });
  writeFileSync(join(folder, "service", "main.tf"), outer);
  writeFileSync(join(folder, "service", "inner", "main.tf"), isInner ? text : "");
  new TerraformHclModule(stack, "service", { source: "./service", skipAssetCreationFromLocalModules: true });
}

async function tryCase({ engine, way, savedPlans, place }: Case): Promise<Outcome> {
  const emulator = await startEmulator();
  const bench = createBench({ ...emulator.env, AUDITGATE_MAX_RETRIES: "0" });
  const outdir = join(bench.folder, "out");
  const folder = join(outdir, "stacks", "release");
  const write = (release: Release) => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "release");
    new LocalBackend(stack, { path: join(bench.folder, "terraform.tfstate") });
    new AuditgateProvider(stack, "auditgate");
    const isDeferred = way.endsWith("deferred");
    if (isDeferred) new DataResource(stack, "cluster", { input: { id: sample.clusters.healthy, release } });
    const clusterIds = [isDeferred ? "${terraform_data.cluster.output.id}" : sample.clusters.healthy];
    new AuditGate(stack, "gate", {
      dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }],
      savedPlans,
    }).guardStack();
    if (place === "stack") addResources(stack, release);
    else addModule(stack, folder, release, place !== "module");
    app.synth();
  };
  try {
    return await tryRelease(
      {
        write,
        run: (...args) => bench.engine(engine, folder, ...args),
        state: () => readFileSync(join(bench.folder, "terraform.tfstate"), "utf8"),
      },
      emulator,
      way,
    );
  } finally {
    bench.remove();
    await emulator.close();
  }
}

/** What docs/gate-cdktf.md says under "What holds when". */
function expectedOf({ way, savedPlans }: Case): Outcome {
  if (way === "apply") return { done: [], failed: true };
  if (way === "saved" && !savedPlans) return { done: ACTIONS, failed: false };
  return { done: ["replace", "drop"], failed: true };
}

const WAYS: readonly Way[] = ["apply", "saved", "deferred", "saved, deferred"];
const PLACES = ["stack", "module", "module of a module"] as const;

// With OpenTofu, where an ephemeral resource counts that something refers to, and one of each way with Terraform.
const cases: readonly Case[] = (["terraform", "tofu"] as const).flatMap((engine) =>
  WAYS.flatMap((way) =>
    [false, true].flatMap((savedPlans) =>
      PLACES.filter((place) => place === "stack" || (savedPlans && engine === "tofu") || way === "saved").map(
        (place) => ({ engine, way, savedPlans, place }),
      ),
    ),
  ),
);

test.each(cases)(
  "with $engine, $way, savedPlans: $savedPlans, what is guarded in a $place: what the page says is held",
  async (one) => {
    expect(await tryCase(one)).toEqual(expectedOf(one));
  },
);
