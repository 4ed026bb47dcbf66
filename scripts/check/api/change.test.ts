import { bumpFor, bumpOf, changeBetween, isEnough } from "./change.ts";

const report =
  "// Comment.\nexport interface A {\n    x: string;\n}\nexport interface B {\n    x: string;\n}\n";

test.each([
  ["the same", report, "none"],
  ["another comment", report.replace("Comment", "Remark"), "none"],
  ["another order", report.split("\n").toReversed().join("\n"), "none"],
  ["a line more", `${report}export const c = 1;\n`, "addition"],
  ["a line less", report.replace("    x: string;\n", ""), "break"],
  ["a line that is another", report.replace("x: string", "x: number"), "break"],
])("%s is a change of this kind", (_, after, change) => {
  expect(changeBetween(report, after)).toBe(change);
});

test("before 1.0 a minor version may break, and after it only a major one", () => {
  expect(bumpFor("break", "0.9.1")).toBe("minor");
  expect(bumpFor("addition", "0.9.1")).toBe("patch");
  expect(bumpFor("break", "1.0.0")).toBe("major");
  expect(bumpFor("addition", "1.0.0")).toBe("minor");
  expect(bumpFor("none", "1.0.0")).toBe("none");
});

test("of several changesets the largest counts", () => {
  const patch = '---\n"@auditgate/core": patch\n---\n\nA remark: major\n';
  const minor = "---\n'@auditgate/emulator': minor\n\"@auditgate/core\": patch\n---\n";
  expect(bumpOf([patch, minor])).toBe("minor");
  expect(bumpOf([patch])).toBe("patch");
  expect(bumpOf(["# Changes"])).toBe("none");
});

test("a larger bump than needed is enough, a smaller one is not", () => {
  expect(isEnough("minor", "patch")).toBe(true);
  expect(isEnough("minor", "minor")).toBe(true);
  expect(isEnough("patch", "minor")).toBe(false);
  expect(isEnough("none", "none")).toBe(true);
});
