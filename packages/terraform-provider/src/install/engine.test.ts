import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { guessEngine } from "./engine.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
  for (const name of ["terraform", "tofu"]) {
    mkdirSync(join(folder, `with-${name}`));
    writeFileSync(join(folder, `with-${name}`, name), "");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const path = (...names: string[]) => ({
  PATH: names.map((name) => join(folder, `with-${name}`)).join(delimiter),
});

test.each([
  ['provider "registry.opentofu.org/hashicorp/null" {', "tofu"],
  ['provider "registry.terraform.io/hashicorp/null" {', "terraform"],
])("the engine that wrote the lock file comes before all", (lockFile, engine) => {
  expect(guessEngine(lockFile, { TERRAFORM_BINARY_NAME: "/x/neither", ...path("terraform", "tofu") })).toBe(
    engine,
  );
});

test("the engine that CDKTF is told to run comes before those on the PATH", () => {
  expect(guessEngine(undefined, { TERRAFORM_BINARY_NAME: "/opt/bin/tofu", ...path("terraform") })).toBe(
    "tofu",
  );
  expect(guessEngine("# nothing yet", { TERRAFORM_BINARY_NAME: "terraform", ...path("tofu") })).toBe(
    "terraform",
  );
});

test("OpenTofu is meant where it alone is there, else Terraform", () => {
  expect(guessEngine(undefined, path("tofu"))).toBe("tofu");
  expect(guessEngine(undefined, path("terraform", "tofu"))).toBe("terraform");
  expect(guessEngine(undefined, path("terraform"))).toBe("terraform");
  expect(guessEngine(undefined, {})).toBe("terraform");
});
