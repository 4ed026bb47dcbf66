import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { type CommandEntry, COMMANDS, PROGRAMS } from "../scripts/commands.ts";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

test("package.json has the commands that there are, and no other", () => {
  expect(Object.keys(scripts).toSorted()).toEqual(
    [...Object.keys(COMMANDS), ...Object.keys(PROGRAMS)].toSorted(),
  );
});

test.each(Object.entries<CommandEntry>(COMMANDS))("%s lists its parts", (name, { parts = {} }) => {
  const listed = run(name, "--help")
    .split("\n")
    .map((line) => line.trim().split(" ")[0]);
  expect(listed).toEqual(expect.arrayContaining(Object.keys(parts)));
});

test("an unknown part is one line that says so", () => {
  expect(() => run("release", "terrafrom")).toThrow(
    /unknown command 'terrafrom'\n\(Did you mean terraform\?\)/,
  );
});

/** What a command of package.json prints. */
function run(name: string, ...args: readonly string[]): string {
  const [, ...own] = (scripts[name] ?? "").split(" ");
  return execFileSync(process.execPath, [...own, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
