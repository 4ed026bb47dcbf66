import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { refuseLink, replaceFile } from "./inside.ts";
import { modeOf } from "./package-files.ts";

/** Pulumi takes the name of the package from the file's, to the end. */
const BRIDGED_FILE = "terraform-provider-auditgate";

/**
 * Puts the provider into a folder as `pulumi package add terraform-provider` takes it, in whatever language the program
 * is: under a name without version and ending, in a folder whose files are CommonJS whatever the project around it is.
 *
 * @param files - Of the package of this machine's platform, by name.
 * @returns The file that the command is to be given.
 * @throws {Error} where a file cannot be written, or is a link.
 */
export function writeBridged(directory: string, files: ReadonlyMap<string, Uint8Array>): string {
  mkdirSync(directory, { recursive: true });
  const all = [...files, ["package.json", Buffer.from('{ "type": "commonjs", "private": true }\n')] as const];
  for (const [name, content] of all) {
    const file = join(directory, bridgedName(name));
    refuseLink(file);
    replaceFile(file, content, modeOf(name));
  }
  return join(directory, bridgedName([...files.keys()].find(isProgram) ?? ""));
}

function isProgram(name: string): boolean {
  return name.startsWith("terraform-provider-");
}

function bridgedName(name: string): string {
  if (!isProgram(name)) return name;
  return name.endsWith(".exe") ? `${BRIDGED_FILE}.exe` : BRIDGED_FILE;
}
