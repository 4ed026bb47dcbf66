import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hidingConfiguration } from "./cli-configuration.ts";

const SOURCE = "auditgate/auditgate";
const EXPLICIT =
  'provider_installation {\n  network_mirror {\n    url = "https://mirror.example.com/"\n  }\n}\n';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "home-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (name: string, text: string) => {
  mkdirSync(join(home, name, ".."), { recursive: true });
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const hiding = (engine: "terraform" | "tofu", env: NodeJS.ProcessEnv = {}) =>
  hidingConfiguration(engine, SOURCE, { HOME: home, ...env });

test("an explicit provider_installation in the user's file hides the folder", () => {
  const file = write(".terraformrc", EXPLICIT);
  expect([hiding("terraform"), hiding("tofu")]).toEqual([file, file]);
});

test("OpenTofu reads its own file instead, where there is one", () => {
  write(".terraformrc", EXPLICIT);
  write(".tofurc", "# nothing\n");
  expect(hiding("tofu")).toBeUndefined();
});

test("so does one in a folder of such files, in JSON too", () => {
  const file = write(".terraform.d/mirror.tfrc.json", '{ "provider_installation": { "direct": {} } }');
  expect(hiding("terraform")).toBe(file);
});

test("a file that is named to the engine stands for all others", () => {
  write(".terraformrc", EXPLICIT);
  const named = write("ci.tfrc", 'plugin_cache_dir = "/cache"\n');
  expect(hiding("terraform", { TF_CLI_CONFIG_FILE: named })).toBeUndefined();
  writeFileSync(named, EXPLICIT);
  expect(hiding("terraform", { TF_CLI_CONFIG_FILE: named })).toBe(named);
});

test.each([
  [
    "names the folder",
    'provider_installation {\n  filesystem_mirror {\n    path = "terraform.d/plugins"\n  }\n}\n',
  ],
  [
    "has a mirror for this provider",
    `provider_installation {\n  filesystem_mirror {\n    path = "/m"\n    include = ["${SOURCE}"]\n  }\n}\n`,
  ],
  [
    "overrides this provider",
    `provider_installation {\n  dev_overrides {\n    "${SOURCE}" = "/dev"\n  }\n  direct {}\n}\n`,
  ],
  ["has it in a comment only", "# provider_installation { direct {} }\n"],
  ["has none", 'credentials "app.terraform.io" {}\n'],
])("a file that %s hides nothing", (_, text) => {
  write(".terraformrc", text);
  expect(hiding("terraform")).toBeUndefined();
});

test("a file that only excludes this provider from elsewhere hides it", () => {
  const file = write(
    ".terraformrc",
    `provider_installation {\n  direct {\n    exclude = ["${SOURCE}"]\n  }\n}\n`,
  );
  expect(hiding("terraform")).toBe(file);
});
