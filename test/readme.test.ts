import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

// Two installations of Pulumi's SDK are most of it.
jest.setTimeout(600_000);

test("who copies the blocks of the README and of each getting-started page in order has a gated deployment", () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--conditions=@auditgate/source", "scripts/docs.ts", "follow"],
    { encoding: "utf8", maxBuffer: 1e8 },
  );
  expect(`${stdout}${stderr}`).toMatch(/^✔ README\.md: \d\d blocks/m);
  expect([status, stderr]).toEqual([0, ""]);
});

test("the picture shows lines that the demo prints, of the act that the README is about", () => {
  const picture = readFileSync("docs/demo.svg", "utf8");
  for (const text of [
    "terraform apply: deployed: 1.0.0",
    "Error: The gate is closed",
    "deployed: 1.0.0, 1.1.0",
  ])
    expect(picture).toContain(text);
});

test("the README has no place left to be filled in", () => {
  expect(readFileSync("README.md", "utf8")).not.toMatch(/@[A-Z_]+@|TODO/);
});
