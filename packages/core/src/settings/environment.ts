import type { Environment } from "./layer.ts";

export type { Environment } from "./layer.ts";

/** The variables of this process. */
export function environment(): Environment {
  return process.env;
}
