import type { Case } from "./case.ts";
import { ACTIONS, KINDS, PLACES, WAYS, type Kind, type Place, type Way } from "./configuration.ts";
import type { Outcome } from "./trial.ts";

/** Every case there is; the form without an output only where it makes a difference. */
export function cases(): readonly Case[] {
  const keys = <K extends string>(record: { readonly [Key in K]: unknown }) => Object.keys(record) as K[];
  return (["terraform", "tofu"] as const).flatMap((engine) =>
    keys<Way>(WAYS).flatMap((way) =>
      KINDS.flatMap((kind: Kind) =>
        keys<Place>(PLACES)
          .filter((place) => place !== "bare" || (way.startsWith("saved") && kind !== "data"))
          .map((place) => ({ engine, place, kind, way })),
      ),
    ),
  );
}

/** What the pages say of a case. */
export function expectedOf({ engine, place, kind, way }: Case): Outcome {
  if (way === "apply") return { done: [], failed: true };
  // Data sources are not read again, unless they were put off, and OpenTofu leaves out an ephemeral resource that nothing refers to.
  const isAsked = kind !== "data" && !(engine === "tofu" && place === "bare");
  if ((way === "saved" && !isAsked) || (way === "saved, deferred" && kind === "ephemeral" && !isAsked))
    return { done: ACTIONS, failed: false };
  // What is destroyed does not wait for what its successor waits for.
  return { done: ["replace", "drop"], failed: true };
}
