import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { SET_VARIABLE } from "./catalogue.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-sets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program in place that says it is this version of Terraform. */
function place(at: string, version: string): void {
  mkdirSync(join(folder, at), { recursive: true });
  const file = join(folder, at, "terraform");
  writeFileSync(file, `#!/bin/sh\necho 'Terraform v${version}'\n`);
  chmodSync(file, 0o755);
}

function provided(set: string): string {
  const env = {
    ...process.env,
    PATH: [join(folder, "path"), process.env["PATH"]].join(delimiter),
    AUDITGATE_ENGINES: join(folder, "cache"),
    [SET_VARIABLE]: set,
  };
  const script = ["--conditions=@auditgate/source", "scripts/engines.ts", "terraform"];
  return execFileSync(process.execPath, script, { env, encoding: "utf8" });
}

test("the newest set takes an engine of PATH that is as new, and each set remembers its own", () => {
  place("path", "1.16.2");
  place("cache/terraform-1.6.6/bin", "1.6.6");
  expect(provided("newest")).toContain("Terraform: 1.16.2, from PATH");
  expect(provided("")).toContain("Terraform: 1.16.2, from PATH");
  expect(provided("oldest")).toContain("Terraform: 1.6.6, from cache");
});

test("the newest set does not take an older engine of PATH, which does for the usual one", () => {
  place("path", "1.14.9");
  place("cache/terraform-1.17.0/bin", "1.17.0");
  expect(provided("")).toContain("Terraform: 1.14.9, from PATH");
  expect(provided("newest")).toContain("Terraform: 1.17.0, from cache");
});
