import { Command } from "commander";

import { calledAs, type CommandEntry, type CommandName, COMMANDS } from "./commands.ts";

/** Says of a command what arguments and options it takes, and what it does with them. */
type Setup = (command: Command) => Command;

type PartOf<Name extends CommandName> = (typeof COMMANDS)[Name] extends {
  readonly parts: infer Parts;
}
  ? keyof Parts & string
  : never;

interface Setups<Name extends CommandName> {
  /** What it does without one of its parts; absent, it lists them. */
  readonly own?: Setup;
  readonly parts?: Readonly<Record<string, Setup>> & Readonly<Record<PartOf<Name>, Setup>>;
}

/**
 * Runs a command of `npx pnpm@12` with the arguments of this process. An error ends it with its message, and no stack.
 *
 * @param name - As in {@link COMMANDS}, which has what `--help` says of it and of its parts.
 */
export async function start<Name extends CommandName>(
  name: Name,
  { own, parts }: Setups<Name>,
): Promise<void> {
  const { about, parts: texts = {} }: CommandEntry = COMMANDS[name];
  const program = new Command(calledAs(name)).description(sentence(about)).helpCommand(false);
  own?.(program);
  for (const [part, text] of Object.entries(texts))
    parts?.[part]?.(program.command(part).description(sentence(text)));
  try {
    await program.parseAsync();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
