import { mergeLockFile, packageHash } from "./lock-file.ts";

const entry = { address: "registry.terraform.io/auditgate/auditgate", version: "0.2.0", hashes: ["h1:new="] };

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

const replaced: readonly (readonly [string, string])[] = [
  ["on one line", `provider "${entry.address}" { version = "0.1.0" }\n`],
  ["with odd spaces", `provider   "${entry.address}"{\n\tversion="0.1.0"\n\n  }\n`],
  ["indented", `  provider "${entry.address}" {\n    version = "0.1.0"\n  }\n`],
  ["with braces in comments", `provider "${entry.address}" { # }\n  version = "0.1.0" // {\n  /* } */\n}\n`],
  ["with braces in texts", `provider "${entry.address}" {\n  version = "}{"\n}\n`],
  ["with a comment in its head", `provider /* ours */ "${entry.address}" {\n  version = "0.1.0"\n}\n`],
  ["twice", `${block.replace("new", "old")}\n${block.replace("new", "older")}`],
];

test.each(replaced)("an older entry %s is replaced, and stands there once", (_, old) => {
  const merged = mergeLockFile(`${head}\n${old}\n${other("null")}`, entry);
  expect(merged.match(/auditgate\/auditgate/g)).toHaveLength(1);
  expect(merged).toContain(block.trimEnd());
  expect(merged).toContain(other("null"));
  expect(merged).not.toContain("0.1.0");
  expect(mergeLockFile(merged, entry)).toBe(merged);
});

test("comments, and what only looks like an entry, stay", () => {
  const before = `${head}
# provider "${entry.address}" { version = "0.0.1" }
/* provider "${entry.address}" {
} */
${other("archive")}
# Why this one is pinned.
${other("null")}# The end.
`;
  const merged = mergeLockFile(before, entry);
  expect(merged.replace(`${block}\n`, "")).toBe(before);
  expect(merged).toContain("# Why this one is pinned.\nprovider");
  expect(mergeLockFile(merged, entry)).toBe(merged);
});

test("a constraint is kept however it is written, and none is taken from a comment", () => {
  const kept = mergeLockFile(`provider "${entry.address}" {\nconstraints="~> 0.1" # pinned\n}\n`, entry);
  expect(kept).toContain('constraints = "~> 0.1"');
  const none = mergeLockFile(`provider "${entry.address}" {\n  # constraints = "~> 9"\n}\n`, entry);
  expect(none).not.toContain("constraints");
});

test.each(["provider {{", 'provider "x" {\n', "}\n", "a = [{]"])("%j is no lock file", (text) => {
  expect(() => mergeLockFile(text, entry)).toThrow(SyntaxError);
});

test("a long file takes no longer than its length", () => {
  const long = `${head}\n${Array.from({ length: 5000 }, (_, index) => other(`n${index}`)).join("\n")}`;
  const start = performance.now();
  expect(mergeLockFile(long, entry).length).toBe(long.length + block.length + 1);
  expect(performance.now() - start).toBeLessThan(2000);
});
