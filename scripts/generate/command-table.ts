import { calledAs, type CommandEntry, COMMANDS, PROGRAMS } from "../commands.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { table, withParts } from "./parts.ts";

/** The commands, in the table of CONTRIBUTING.md. */
export function commandTable(): readonly GeneratedFile[] {
  const own = Object.entries<CommandEntry>(COMMANDS).map(([name, { about, parts = {} }]) => [
    `\`${calledAs(name)}\``,
    about,
    Object.keys(parts)
      .map((part) => `\`${part}\``)
      .join(", "),
  ]);
  const others = Object.entries(PROGRAMS).map(([name, about]) => [`\`${calledAs(name)}\``, about, ""]);
  return [
    withParts("CONTRIBUTING.md", {
      commands: table(["command", "what it does", "its parts"], [...own, ...others]),
    }),
  ];
}
