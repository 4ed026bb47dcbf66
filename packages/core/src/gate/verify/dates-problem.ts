import * as z from "zod";
import type { DatesProblem } from "../../reading/service-dates.ts";

/** Why the service's dates could not be believed, as evidence has it. */
export const datesProblem: z.ZodType<DatesProblem> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cached"), ageMs: z.number() }),
  z.strictObject({ kind: z.literal("unreadable-age") }),
  z.strictObject({ kind: z.literal("apart"), byMs: z.number() }),
  z.strictObject({ kind: z.literal("machine"), serviceMs: z.number(), machineMs: z.number() }),
]);
