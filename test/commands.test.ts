import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object };
const table = readFileSync("CONTRIBUTING.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .join("\n");

test("CONTRIBUTING.md says of each command what it does, and of none that there is not", () => {
  const named = [...table.matchAll(/`(?:npx pnpm@12 )?([a-z]+(?::[a-z]+)?)(?: [^`]*)?`/g)].map(
    ([, name]) => name,
  );
  const commands = Object.keys(scripts);
  expect(commands.filter((name) => !named.includes(name))).toEqual([]);
  const started = [...table.matchAll(/npx pnpm@12 ([a-z:]+)/g)].map(([, name]) => name);
  expect(started.filter((name) => !commands.includes(name ?? ""))).toEqual([]);
});
