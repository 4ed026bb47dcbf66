import type { Engine } from "./engine.ts";
import { NEWEST } from "./sets/newest.ts";
import { OLDEST } from "./sets/oldest.ts";
import { USUAL } from "./sets/usual.ts";

/** Names the set of versions that a run is on, for the processes that it starts; the usual one without it. */
export const SET_VARIABLE = "AUDITGATE_ENGINE_SET";

const SETS = { oldest: OLDEST, newest: NEWEST };

export type EngineSet = keyof typeof SETS;

export const ENGINE_SETS = Object.keys(SETS) as EngineSet[];

/** The set that this run is on; undefined for the usual one. */
export function engineSet(): EngineSet | undefined {
  const named = process.env[SET_VARIABLE];
  return ENGINE_SETS.find((set) => set === named);
}

/** The engines, in the versions of this run. */
export function allEngines(): readonly Engine[] {
  const set = engineSet();
  const own = set === undefined ? [] : SETS[set];
  return USUAL.map((engine) => own.find(({ name }) => name === engine.name) ?? engine);
}

/** @throws {Error} on an unknown name, with the names there are. */
export function engineNamed(name: string): Engine {
  const all = allEngines();
  const engine = all.find((each) => each.name === name);
  if (engine === undefined) {
    throw new Error(`no engine "${name}"; there are: ${all.map((each) => each.name).join(", ")}`);
  }
  return engine;
}
