import type { GeneratedFile } from "./generated-file.ts";
import { table, withParts } from "./parts.ts";
import { DIFFERENCES } from "../test/settings/compare.ts";
import { settingsTable } from "./settings-table.ts";

/** The page about credentials, with the table of all settings. */
export function credentialsPage(): readonly GeneratedFile[] {
  return [
    withParts("docs/credentials.md", {
      settings: settingsTable("setting"),
      differences: table(
        ["what differs", "why"],
        DIFFERENCES.map(({ what, why }) => [what, why]),
      ),
    }),
  ];
}
