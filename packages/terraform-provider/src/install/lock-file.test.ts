import { mergeLockFile, packageHash } from "./lock-file.ts";

const entry = { address: "registry.terraform.io/auditgate/auditgate", version: "0.2.0", hash: "h1:new=" };

const block = `provider "registry.terraform.io/auditgate/auditgate" {
  version = "0.2.0"
  hashes = [
    "h1:new=",
  ]
}
`;
const head = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;
const other = (name: string) => `provider "registry.terraform.io/hashicorp/${name}" {
  version     = "3.2.4"
  constraints = ">= 3.0.0, ~> 3.2"
  hashes = [
    "h1:L5V05xwp/Gto1leRryuesxjMfgZwjb7oool4WS1UEFQ=",
    "zh:59f6b52ab4ff35739647f9509ee6d93d7c032985d9f8c6237d1f8a59471bbbe2",
  ]
}
`;

test("a new file holds the engines' own head and the entry", () => {
  expect(mergeLockFile(undefined, entry)).toBe(`${head}\n${block}`);
});

test("a given constraint is stated; without one, that in the file stays", () => {
  const constrained = block.replace(
    'version = "0.2.0"\n',
    'version     = "0.2.0"\n  constraints = "~> 0.1"\n',
  );
  expect(mergeLockFile(undefined, { ...entry, constraint: "~> 0.1" })).toBe(`${head}\n${constrained}`);
  expect(mergeLockFile(`${head}\n${constrained.replace("new", "old")}`, entry)).toBe(
    `${head}\n${constrained}`,
  );
  expect(mergeLockFile(`${head}\n${constrained}`, { ...entry, constraint: "0.2.0" })).toContain(
    'constraints = "0.2.0"',
  );
});

test("other providers stay as they are, in the engines' order", () => {
  const before = `${head}\n${other("archive")}\n${other("null")}`;
  const merged = mergeLockFile(before, entry);
  expect(merged).toBe(`${head}\n${block}\n${other("archive")}\n${other("null")}`);
  expect(mergeLockFile(merged, entry)).toBe(merged);
});

test("an older entry of ours is replaced, also in a file with the line ends of Windows", () => {
  const before = `${head}\n${block.replace("0.2.0", "0.1.0").replace("new", "old")}\n${other("null")}`;
  const expected = `${head}\n${block}\n${other("null")}`;
  expect(mergeLockFile(before, entry)).toBe(expected);
  expect(mergeLockFile(before.replaceAll("\n", "\r\n"), entry).replaceAll("\r\n", "\n")).toBe(expected);
});

test("the hash is of all names and contents, in the order of the names", () => {
  const files = new Map([
    ["b.txt", Buffer.from("two")],
    ["a.txt", Buffer.from("one")],
  ]);
  // sha256 of "<sha256 of content>  <name>\n" lines, as the engines' own hash of a folder.
  expect(packageHash(files)).toBe("h1:QI5bepIiGgUUkRWMDRWo1llLsJEVz1PgoTWeegUyH0A=");
});
