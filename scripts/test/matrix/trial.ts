import { type Emulator, sample } from "@auditgate/emulator";
import { type Action, ACTIONS, GUARDED, type Way } from "./configuration.ts";

export type Release = "one" | "two";

/** A configuration that is deployed twice, whatever wrote it. */
export interface Deployment {
  /** Writes the configuration of a release. */
  write(release: Release): void;
  /** Runs a command of the engine in it. */
  run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }>;
  /** The text of the state. */
  state(): string;
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
export async function tryRelease(deployment: Deployment, emulator: Emulator, way: Way): Promise<Outcome> {
  const succeed = async (...args: readonly string[]) => {
    const { code, output } = await deployment.run(...args);
    if (code !== 0) throw new Error(`${args.join(" ")} exited with ${code}:\n${output}`);
  };
  deployment.write("one");
  await succeed("init", "-no-color");
  await succeed("apply", "-auto-approve", "-no-color");
  const before = resources(deployment.state());
  deployment.write("two");
  const isSaved = way.startsWith("saved");
  if (isSaved) await succeed("plan", "-out=healthy.plan", "-no-color");
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("the sample has changed");
    Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
  });
  const { code } = await deployment.run("apply", "-no-color", isSaved ? "healthy.plan" : "-auto-approve");
  const after = resources(deployment.state());
  const done = ACTIONS.filter((action) => after[GUARDED[action]] !== before[GUARDED[action]]);
  return { done, failed: code !== 0 };
}

/** The guarded resources that are in a state, by name, with what tells one from its successor. */
function resources(text: string): { readonly [name: string]: string } {
  const state = JSON.parse(text) as State;
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
