import * as z from "zod";
import type { FieldMeta } from "../../field.ts";
import { duration, tryParseDuration } from "../../instant.ts";
import { tryParseZone } from "../time/zone.ts";

/** Stands for every cluster, instance or node, alone in its list. */
export const EVERY = "*";

/** True where a list of a policy means all there are. */
export function meansEvery(ids: unknown): boolean {
  return Array.isArray(ids) && ids.length === 1 && ids[0] === EVERY;
}

const EXPECTED_ID = 'a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15, or "*" alone for all there are';

/** A name that is compared with what records say. */
export const name = z.string().min(1, { error: "must not be empty" });
/** A number of records or bytes. */
export const number = z.int().min(0);

/** A list that would mean nothing, or let everything pass, if it were empty. */
export const some = <T extends z.ZodType>(items: T) =>
  z.array(items).min(1, { error: "must name at least one" });

/** A cluster's id, or `"*"`. */
export const idOrEvery = z
  .string()
  .regex(/^(?:\*|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})$/, {
    error: `must be ${EXPECTED_ID}`,
  })
  .meta({ expected: EXPECTED_ID } satisfies FieldMeta);

const EXPECTED_NAME = 'an id (letters, digits, `-` and `_`, at most 128), or "*" alone for all there are';

/** An instance's id, or `"*"`. */
export const instanceOrEvery = z
  .string()
  .min(1, { error: "must not be empty", abort: true })
  .regex(/^(?:\*|[\w-]{1,128})$/, { error: `must be ${EXPECTED_NAME}` })
  .meta({ expected: EXPECTED_NAME } satisfies FieldMeta);

/** A list that would mean nothing if it were empty, or in which `"*"` stands alone for all there are. */
export const everyOr = (items: z.ZodType<string>) =>
  some(items).refine((ids) => ids.length === 1 || !ids.includes(EVERY), {
    error: 'must have "*" alone, which means all there are',
  });

/** A list of what `"*"` leaves out. */
export const exceptions = <T extends z.ZodType<string>>(items: T) => some(items).optional();

/** A time zone. */
export const zone = z.string().refine((text) => tryParseZone(text) !== undefined, {
  error: "must be an offset such as +08:00 or an IANA name such as Asia/Shanghai",
});

const TEN_YEARS_MS = 3650 * 86_400_000;

/** Length of a window that is asked for in requests of 30 days each. */
export const windowLength = duration.refine((text) => (tryParseDuration(text) ?? 0) <= TEN_YEARS_MS, {
  error: "must be at most 3650d",
});
