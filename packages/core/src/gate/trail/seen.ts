import * as z from "zod";

const text = z.string().min(1, { error: "must not be empty" }).optional();

/** What can identify something that a rule has seen. Each rule demands some of these, and nothing else. */
export const seenFields = z.strictObject({
  executorTime: text.describe("Time at which the dump ran, as its record has it."),
  id: text.describe("ID of the modification or log."),
  endTime: text.describe("End of the newest log, as its record has it."),
  nodeId: text.describe("Node whose logs have the gap."),
  gapStart: text.describe("Beginning of the gap, as the violation has it: `2026-01-31T09:00:00Z`."),
});

/** Name of a field that identifies something. */
export type SeenField = keyof typeof seenFields.shape;

/** Something that a rule has seen; a field that a record leaves out identifies nothing. */
export type Seen = { readonly [field in SeenField]?: string | null | undefined };

/** Says whether something is named by an acknowledgement that is in force, which then names nothing else. */
export type Accepts = (seen: Seen) => boolean;

/** What one rule asks about what it has seen. */
export interface Accepting {
  readonly accepts: Accepts;
  /** Acknowledgements that would have accepted something, had they not ended. */
  readonly late: ReadonlySet<{ readonly until: string }>;
}
