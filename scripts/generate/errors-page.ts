import { readFileSync } from "node:fs";

import type { AuditErrorCode } from "../../packages/core/src/errors.ts";
import { CODE_TABLE, STATUS_TABLE } from "../../packages/core/src/http/vendor-error.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { remedies } from "./error-remedies.ts";
import { table, withParts } from "./parts.ts";

/** The page about errors, with every code as core declares it. */
export function errorsPage(): readonly GeneratedFile[] {
  const declared = meanings();
  const codes = Object.keys(remedies) as AuditErrorCode[];
  const overview = table(
    ["code", "meaning"],
    codes.map((code) => [`[\`${code}\`](#${code.toLowerCase()})`, meaningOf(declared, code)]),
  );
  const details = codes.map((code) => {
    const { causes, remedy } = remedies[code];
    const answers = answersOf(code);
    return [
      `## ${code}`,
      meaningOf(declared, code),
      `**Causes:** ${causes}`,
      ...(answers.length > 0 ? [`**Answers of the service that mean it:** ${answers.join(", ")}.`] : []),
      `**Remedy:** ${remedy}`,
    ].join("\n\n");
  });
  return [withParts("docs/errors.md", { overview, codes: details.join("\n\n") })];
}

/** What errors.ts says of each code. */
function meanings(): ReadonlyMap<string, string> {
  const text = readFileSync("packages/core/src/errors.ts", "utf8");
  return new Map(
    [...text.matchAll(/^ {2}\/\*\* (.+) \*\/\n {2}\| "(ERR_\w+)"/gm)].map(([, meaning = "", code = ""]) => [
      code,
      meaning,
    ]),
  );
}

function meaningOf(declared: ReadonlyMap<string, string>, code: AuditErrorCode): string {
  const meaning = declared.get(code);
  if (meaning === undefined) throw new Error(`errors.ts does not say what ${code} means`);
  return meaning;
}

/** Statuses and vendor codes that become this code. */
function answersOf(code: AuditErrorCode): readonly string[] {
  const of = (entries: Readonly<Record<string, AuditErrorCode>>) =>
    Object.keys(entries).filter((key) => entries[key] === code);
  return [
    ...of(STATUS_TABLE).map((status) => `status ${status}`),
    ...(code === "ERR_SERVER" ? ["any other status from 500 on"] : []),
    ...of(CODE_TABLE).map((vendorCode) => `\`${vendorCode}\``),
  ];
}
