import type { GeneratedFile } from "./generated-file.ts";
import { withParts } from "./parts.ts";
import { settingsTable } from "./settings-table.ts";

/** The page about credentials, with the table of all settings. */
export function credentialsPage(): readonly GeneratedFile[] {
  return [withParts("docs/credentials.md", { settings: settingsTable("setting") })];
}
