import { verdictFile } from "@auditgate/core";
import { jsonText } from "./json-text.ts";
import type { Report } from "../report.ts";

/** The verdict as JSON, for programs and for `merge`: `verdict.schema.json` of core describes it. */
export function jsonReport({ verdict }: Report): string {
  return jsonText(verdictFile(verdict));
}
