import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openShell, type Shell } from "./shell.ts";

let folder: string;
let shell: Shell;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-shell-"));
  mkdirSync(join(folder, "place"));
  shell = openShell(folder, folder, process.env);
});
afterEach(async () => {
  await shell.close();
  rmSync(folder, { recursive: true });
});

test("what a block exports, and where it goes, is there for the next one", async () => {
  await shell.paste("cd place\nexport WORD=here\n");
  expect(shell.folder).toBe(join(folder, "place"));
  expect(await shell.paste('echo "$WORD in ${PWD##*/}"\n')).toEqual({ code: 0, output: "here in place\n\n" });
});

test("a block ends at its first command that fails, and the shell goes on", async () => {
  expect(await shell.paste("(exit 3)\necho no\n")).toEqual({ code: 3, output: "\n" });
  expect(await shell.paste("echo yes\n")).toEqual({ code: 0, output: "yes\n\n" });
});

test("a shell that a block opens takes the next blocks; commands that read do not", async () => {
  await shell.paste("WORD=inner bash --norc # -- bash\n");
  expect((await shell.paste("cat\necho $WORD\n")).output).toBe("inner\n\n");
});
