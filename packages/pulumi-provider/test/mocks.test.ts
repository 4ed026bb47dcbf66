import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf } from "../../../test/page-blocks.ts";
import { projectFolder, type Scratch, scratch } from "./stack.ts";

let at: Scratch;
beforeEach(() => {
  at = scratch();
});
afterEach(() => at.remove());

test("the page's test of a program with mocks passes, under Node's own runner and without an engine", () => {
  const [program = ""] = blocksOf("docs/testing-offline.md", "ts").filter((code) =>
    code.includes("setMocks"),
  );
  const folder = projectFolder(at);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "gate.test.ts"), program);
  const { status, stdout } = spawnSync(process.execPath, ["--test", "gate.test.ts"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...at.env, NODE_TEST_CONTEXT: undefined },
  });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/pass 4\n/)]);
}, 60_000);
