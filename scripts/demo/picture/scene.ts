/** What one line of the picture is, for its colour. */
export type Tone = "plain" | "command" | "good" | "bad" | "faint";

export interface Line {
  readonly text: string;
  readonly tone: Tone;
}

/** As many as are readable in full size on the page of a code host, and still on a small screen. */
const COLUMNS = 70;
const COMMAND = "npx pnpm@12 demo";

/** The lines of the demo that tell its story, with Terraform: a deployment, a dump that fails, the gate, and the next deployment. */
export function scene(output: string): readonly Line[] {
  const lines = output.trimEnd().split("\n");
  const headline = lines.find((line) => /^ +headline +\d/.test(line));
  // The command line's act comes before the engines are put in place.
  const engines = lines.findIndex((line) => line.startsWith("✔ Terraform"));
  const start = lines.findIndex((line, index) => index > engines && /was run again/.test(line));
  if (headline === undefined || start < 0)
    throw new Error("the demo has not shown what the picture is about");
  // The first engine's act; the second one's is the same.
  const other = lines.findIndex((line) => line.startsWith("✔ Pulumi"));
  const act = lines
    .filter((line, index) => index >= start && (other < 0 || index < other || line.startsWith("Done in")))
    .filter((line) => !/^(?: +record | +with data| +on main\.tf| +\d+: )/.test(line));
  return [
    { text: `$ ${COMMAND}`, tone: "command" as const },
    ...[headline.trim(), "", ...act].flatMap((line) =>
      wrapped(shortened(line)).map((text) => ({ text, tone: toneOf(line) })),
    ),
  ].filter(({ text }, index, all) => text !== "" || all[index - 1]?.text !== "");
}

/** Without names that say nothing to those who see it for the first time. */
function shortened(line: string): string {
  return line
    .replace("HCL configuration terraform-gate (examples/terraform-gate): ", "")
    .replace(/^(In the emulator, the newest dump) of cluster \S+/, "$1")
    .trimEnd();
}

/** In lines that are short enough, the further ones under the first one's text. */
function wrapped(line: string): readonly string[] {
  const indent = " ".repeat(/^ *(?:[a-z]+ {2,}|✔ )?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  for (const word of line.slice(indent.length).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COLUMNS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? line.slice(0, indent.length) + word : indent + word);
  }
  return lines;
}

function toneOf(line: string): Tone {
  if (line.startsWith("✔")) return line.includes("blocked") ? "bad" : "good";
  if (/^Error:|^ +found /.test(line)) return "bad";
  if (/^In the emulator|^Done in|^What /.test(line)) return "faint";
  return "plain";
}
