import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const CORE = resolve("packages/core");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-copies-"));
  // As a package manager leaves it where two dependencies want different versions.
  for (const owner of ["one", "other"]) {
    const copy = join(folder, "node_modules", owner, "node_modules/@auditgate/core");
    mkdirSync(copy, { recursive: true });
    for (const part of ["package.json", "dist"])
      cpSync(join(CORE, part), join(copy, part), { recursive: true });
    symlinkSync(join(CORE, "node_modules"), join(copy, "node_modules"));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
import { createRequire } from "node:module";


const of = (owner) => createRequire(new URL("./node_modules/" + owner + "/node_modules/@auditgate/core/package.json", import.meta.url));
const copies = {
  one: of("one")("./dist/index.cjs"),
  "the same as ES module": await import("./node_modules/one/node_modules/@auditgate/core/dist/index.js"),
  other: of("other")("./dist/index.cjs"),
};
const thrown = (core) => {
  try {
    core.createClient({ region: 5 });
  } catch (error) {
    return error;
  }
};
const seen = [];
for (const [maker, core] of Object.entries(copies)) {
  for (const [reader, { AuditError, isAuditError }] of Object.entries(copies)) {
    const error = thrown(core);
    const known = isAuditError(error) && AuditError.is(error) && error.code;
    seen.push({ same: maker === reader, known, instance: error instanceof AuditError });
  }
}
const lookalike = Object.assign(new Error("no"), { name: "AuditError", code: "ERR_CONFIG" });
seen.push({ lookalikes: Object.values(copies).filter((core) => core.isAuditError(lookalike)).length });
console.log(JSON.stringify(seen));
`;

test("every copy of this package in one tree knows the errors of the others, which instanceof does not", () => {
  writeFileSync(join(folder, "main.mjs"), PROGRAM);
  const printed = execFileSync(process.execPath, ["main.mjs"], { cwd: folder, encoding: "utf8" });
  const own = { same: true, known: "ERR_CONFIG", instance: true };
  const foreign = { same: false, known: "ERR_CONFIG", instance: false };
  expect(JSON.parse(printed)).toEqual(
    [[own, foreign, foreign], [foreign, own, foreign], [foreign, foreign, own], [{ lookalikes: 0 }]].flat(),
  );
});
