import * as z from "zod";
import type { EvidenceOptions } from "./evidence-options.types.ts";

/** Where evidence is to be written: not part of a policy, for it decides nothing. */
export const evidenceOptions: z.ZodType<EvidenceOptions> = z.object({
  evidenceFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Path of a file to write the evidence into, with every record and the verdict, whether the gate has passed or not; none if absent. Readable by its owner alone. A file that is there already is an error.",
    ),
  replaceEvidence: z
    .boolean()
    .optional()
    .describe("True: replace a file that is at the place of `evidenceFile`, such as that of the last run."),
});
