import { fileError } from "./tree.ts";

/** Sections of an INI file by name, their keys in small letters. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

const DEFAULTS = "DEFAULT";

/**
 * What Python's `RawConfigParser` reads in an INI file: names of sections are taken whole, a comment begins a line, `%`
 * and quotes are characters like others, a line that is indented further continues the value above, and `[DEFAULT]`
 * counts in every section.
 *
 * @throws {AuditError} `ERR_CONFIG` naming file and line for what that parser refuses, too.
 * @see https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function parseIni(path: string, text: string): Sections {
  const sections = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | undefined;
  let option: string[] | undefined;
  let indent = 0;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const refuse = (problem: string) => fileError(path, problem, index + 1);
    const content = line.trim();
    if (/^[#;]/.test(content)) continue;
    if (content === "") {
      option?.push("");
      continue;
    }
    const depth = line.search(/\S/);
    if (option && depth > indent) {
      option.push(content);
      continue;
    }
    indent = depth;
    option = undefined;
    const name = /^\[(.+)\]/.exec(content)?.[1];
    if (name !== undefined) {
      if (sections.has(name) && name !== DEFAULTS) throw refuse("begins a section that was there before");
      section = sections.get(name) ?? new Map<string, string[]>();
      sections.set(name, section);
      continue;
    }
    if (!section) throw refuse("stands before the first section");
    const [, key = "", value = ""] = /^([^=:]*)[=:](.*)$/.exec(content) ?? [];
    const known = key.trimEnd().toLowerCase();
    if (known === "") throw refuse("is neither a section nor a key with its value");
    if (section.has(known)) throw refuse("names a key that was there before");
    option = [value.trim()];
    section.set(known, option);
  }
  return joined(sections);
}

function joined(sections: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>): Sections {
  const defaults = sections.get(DEFAULTS) ?? new Map<string, readonly string[]>();
  return new Map(
    [...sections]
      .filter(([name]) => name !== DEFAULTS)
      .map(([name, options]) => [
        name,
        new Map([...defaults, ...options].map(([key, lines]) => [key, lines.join("\n").trimEnd()])),
      ]),
  );
}
