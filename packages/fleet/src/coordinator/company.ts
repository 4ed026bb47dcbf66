import { harmless } from "@auditgate/core";
import { GONE_MS, type Presence } from "../agreed/presence.ts";
import type { RunFile } from "./run-file.ts";

/** Looks who works for a run, and says by name who cannot. */
export interface Company {
  /** Whether anybody is there who can judge slices of this run. */
  look(): Promise<boolean>;
  /** Those that cannot, each with the reason. */
  readonly misfits: readonly string[];
}

/** Who is there for a run. */
export function createCompany(
  presence: Presence,
  { version, plan }: Pick<RunFile, "version" | "plan">,
  say: (line: string) => void,
): Company {
  const misfits = new Set<string>();
  return {
    get misfits() {
      return [...misfits];
    },
    async look() {
      const workers = await presence.list("workers", GONE_MS);
      let anybody = false;
      for (const { facts } of workers) {
        const reasons = [
          facts.version === version
            ? []
            : [`is of version ${harmless(facts.version)}, this run of ${version}`],
          facts.policyDigest === plan.policyDigest
            ? []
            : [
                `has a policy with the digest ${harmless(facts.policyDigest.slice(0, 16))}, this run is of ${plan.policyDigest.slice(0, 16)}`,
              ],
        ].flat();
        if (reasons.length === 0) anybody = true;
        const line = `worker ${harmless(facts.name)} ${reasons.join(" and ")}: it takes no part`;
        if (reasons.length > 0 && !misfits.has(line)) {
          misfits.add(line);
          say(line);
        }
      }
      return anybody;
    },
  };
}
