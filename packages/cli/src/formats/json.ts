import { jsonText } from "./json-text.ts";
import type { Report } from "../report.ts";

/** The verdict as JSON, for programs and for `merge`. */
export function jsonReport({ verdict }: Report): string {
  return jsonText({ version: 1, ...verdict });
}
