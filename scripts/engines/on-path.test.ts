import { isUsable } from "./on-path.ts";

test.each([
  ["1.11.0", "1.11.0", true],
  ["1.11.4", "1.11.0", true],
  ["1.12.0", "1.11.4", true],
  ["1.10.9", "1.11.0", false],
  ["1.11.3", "1.11.4", false],
  ["2.0.0", "1.11.0", false],
  ["0.99.0", "1.11.0", false],
])("version %s where %s is the minimum: usable %s", (version, minimum, usable) => {
  expect(isUsable(version, minimum)).toBe(usable);
});

test.each([
  ["7.0.15", "6.2.0", true],
  ["8.0.0", "6.2.0", true],
  ["6.0.16", "6.2.0", false],
  ["5.9.9", "6.2.0", false],
])("version %s where %s and anything newer does: usable %s", (version, minimum, usable) => {
  expect(isUsable(version, minimum, true)).toBe(usable);
});
