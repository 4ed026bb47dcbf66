import { type Diagnosis, type DiagnosisStep, harmless } from "@auditgate/core";

const WORDS: Readonly<{ [outcome in DiagnosisStep["outcome"]]: string }> = {
  passed: "ok",
  failed: "FAILED",
  skipped: "not tried",
};

/** A diagnosis for people, safe to paste into an issue: settings, steps, what is needed; what to do first comes last. */
export function diagnosisText({ target, settings, steps, permissions }: Diagnosis): string {
  const failed = steps.filter(({ outcome }) => outcome === "failed");
  const [first] = failed;
  const blocks = [
    ...(target === null ? [] : [`Target ${target}`]),
    ...(settings.length > 0 ? [`Settings\n${columns(settings.map(settingRow))}`] : []),
    `Steps\n${steps.map(stepLines).join("\n")}`,
    ...(permissions.length > 0
      ? [
          `What IAM has to allow, and nothing else\n${permissions.map((each) => JSON.stringify(each, undefined, 2)).join("\n")}`,
        ]
      : []),
    first
      ? `${failed.length === 1 ? "1 step has" : `${failed.length} steps have`} failed. Next: ${harmless(first.next ?? "")}`
      : "Everything works.",
  ];
  return `${blocks.join("\n\n")}\n`;
}

function settingRow({ name, value, origin, shadows }: Diagnosis["settings"][number]): readonly string[] {
  const unused = shadows.length > 0 ? `; not used: ${shadows.join(", ")}` : "";
  return [name, value, `${origin}${unused}`].map(harmless);
}

function stepLines({ step, about, outcome, found, next }: DiagnosisStep): string {
  const name = about === null ? step : `${step} ${about}`;
  const head = `  ${WORDS[outcome].padEnd(9)}  ${name}: ${harmless(found)}`;
  return next === null ? head : `${head}\n             next: ${harmless(next)}`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) => `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}
