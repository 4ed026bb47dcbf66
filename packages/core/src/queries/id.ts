import * as z from "zod";
import type { FieldMeta } from "../field.ts";

const EXPECTED = "an id: letters, digits, `-` and `_`, at most 128";

/** Schema of a vendor's id: no template, path or text that was meant for something else. */
export const id = z
  .string()
  .min(1, { error: "must not be empty", abort: true })
  .regex(/^[\w-]{1,128}$/, { error: `must be ${EXPECTED}` })
  .meta({ expected: EXPECTED } satisfies FieldMeta);
