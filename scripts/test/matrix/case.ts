import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sample, startEmulator } from "@auditgate/emulator";
import { createProject, type Project } from "../../../packages/terraform-provider/test/project.ts";
import { type Action, ACTIONS, filesOf, GUARDED, type Kind, type Place, type Way } from "./configuration.ts";

export interface Case {
  readonly engine: "terraform" | "tofu";
  readonly place: Place;
  readonly kind: Kind;
  readonly way: Way;
}

export interface Outcome {
  /** What was done to guarded resources though the gate was closed. */
  readonly done: readonly Action[];
  /** Whether the command said so. */
  readonly failed: boolean;
}

/**
 * Deploys a first release behind an open gate, closes it, and tries a second release that creates, updates, replaces and
 * drops.
 *
 * @throws {Error} where even the first release fails.
 */
export async function tryCase({ engine, place, kind, way }: Case): Promise<Outcome> {
  const emulator = await startEmulator();
  const project = createProject({
    engine,
    main: "",
    env: { ...emulator.env, AUDITGATE_MAX_RETRIES: "0" },
  });
  const write = (release: "one" | "two") => {
    for (const [file, text] of Object.entries(filesOf({ place, kind, way }, release))) {
      mkdirSync(dirname(join(project.folder, file)), { recursive: true });
      project.write(file, file === "main.tf" ? REQUIRED + text : text);
    }
  };
  try {
    write("one");
    await project.succeed("init", "-no-color");
    await project.succeed("apply", "-auto-approve", "-no-color");
    const before = resources(project);
    write("two");
    if (way === "saved") await project.succeed("plan", "-out=healthy.plan", "-no-color");
    emulator.update((data) => {
      const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
      if (!Array.isArray(dumps)) throw new Error("the sample has changed");
      Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
    });
    const last = way === "saved" ? ["healthy.plan"] : ["-auto-approve"];
    const { code } = await project.run("apply", "-no-color", ...last);
    const after = resources(project);
    const done = ACTIONS.filter((action) => after[GUARDED[action]] !== before[GUARDED[action]]);
    return { done, failed: code !== 0 };
  } finally {
    project.remove();
    await emulator.close();
  }
}

const REQUIRED =
  'terraform {\n  required_providers {\n    auditgate = { source = "auditgate/auditgate" }\n  }\n}\n';

/** The guarded resources that are in the state, by name, with what tells one from its successor. */
function resources({ folder }: Project): { readonly [name: string]: string } {
  const state = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8")) as State;
  return Object.fromEntries(
    state.resources.flatMap(({ name, instances }) =>
      instances
        .filter(({ deposed }) => deposed === undefined)
        .map(({ attributes: { id, input } }) => [name, JSON.stringify([id, input])]),
    ),
  );
}

interface State {
  readonly resources: readonly {
    readonly name: string;
    readonly instances: readonly {
      readonly deposed?: string;
      readonly attributes: { readonly id: string; readonly input?: unknown };
    }[];
  }[];
}
