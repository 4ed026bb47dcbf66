import { checksumIn } from "./download.ts";

const LIST = `AAAA  tool_1.0_linux_amd64.zip
bbbb *tool_1.0_darwin_arm64.zip
cccc  tool_1.0_linux_amd64.zip.sig
`;

test.each([
  ["tool_1.0_linux_amd64.zip", "aaaa"],
  ["tool_1.0_darwin_arm64.zip", "bbbb"],
])("the checksum of %s is the one on its own line", (file, sum) => {
  expect(checksumIn(LIST, file)).toBe(sum);
});

test("a file that is not in the list is no release for this platform", () => {
  expect(() => checksumIn(LIST, "tool_1.0_windows_amd64.zip")).toThrow(
    "no release for this platform (tool_1.0_windows_amd64.zip)",
  );
});
