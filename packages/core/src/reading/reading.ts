import * as z from "zod";
import type { ReadingArguments, ReadingFacts } from "./reading.types.ts";

/** What is said about every reading, whatever the query; `records` and `summary` are the query's own. */
export const readingFacts: z.ZodType<ReadingFacts> = z.object({
  id: z
    .string()
    .describe(
      "Derived from the query, its arguments as written, region and project; stable across readings.",
    ),
  total: z
    .int()
    .nullable()
    .describe(
      "Number of records that the service reports, less those it reports in two windows; null if it reports none.",
    ),
  complete: z.boolean().describe("True where every record was read, and this could be checked."),
  incompleteReason: z
    .string()
    .optional()
    .describe(
      "Why the reading is not complete: `truncated: …`, `total-mismatch: …`, `no-total: …`, `shifting-pages: …`.",
    ),
  window: z
    .object({
      startTime: z.string().describe("Start of the window."),
      endTime: z.string().describe("End of the window."),
    })
    .optional()
    .describe("Window that was read, where the query has one."),
  digest: z.string().describe("SHA-256 of the canonical records [hex]; equal records have equal digests."),
});

/** What every reading takes beside its query's own arguments. */
export const readingArguments: z.ZodType<ReadingArguments> = z.object({
  maxRecords: z
    .int()
    .min(1)
    .optional()
    .describe("Most records to read; what is beyond makes the reading incomplete. All if absent."),
  summaryOnly: z
    .boolean()
    .optional()
    .describe(
      "True: every record is read, checked, summarised and digested, and `records` is null, so that a condition over it fails. Advisable above 1,000 records, which a state would keep.",
    ),
});
