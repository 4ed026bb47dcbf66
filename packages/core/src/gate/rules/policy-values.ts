import * as z from "zod";
import { duration, tryParseDuration } from "../../instant.ts";
import { tryParseZone } from "../time/zone.ts";

/** A name that is compared with what records say. */
export const name = z.string().min(1, { error: "must not be empty" });
/** A number of records or bytes. */
export const number = z.int().min(0);

/** A list that would mean nothing, or let everything pass, if it were empty. */
export const some = <T extends z.ZodType>(items: T) =>
  z.array(items).min(1, { error: "must name at least one" });

/** A time zone. */
export const zone = z.string().refine((text) => tryParseZone(text) !== undefined, {
  error: "must be an offset such as +08:00 or an IANA name such as Asia/Shanghai",
});

const TEN_YEARS_MS = 3650 * 86_400_000;

/** Length of a window that is asked for in requests of 30 days each. */
export const windowLength = duration.refine((text) => (tryParseDuration(text) ?? 0) <= TEN_YEARS_MS, {
  error: "must be at most 3650d",
});
