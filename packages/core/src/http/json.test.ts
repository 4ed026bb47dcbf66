import { namesTwice, parseExactly } from "./json.ts";

test("integers beyond 2^53 are kept exactly, everything else as it is", () => {
  const text = '{"id":9007199254740993,"size":-9007199254740993,"small":1,"part":0.5,"far":1e300}';
  expect(parseExactly(text)).toEqual({
    id: 9007199254740993n,
    size: -9007199254740993n,
    small: 1,
    part: 0.5,
    far: 1e300,
  });
});

test.each([10_000, 100_000, 1_000_000])("a text nested %i deep is an error of the response", (depth) => {
  const deep = `{"records":[{"size":9007199254740993,"more":${"[".repeat(depth)}${"]".repeat(depth)}}]}`;
  expect(() => parseExactly(deep)).toThrow(expect.objectContaining({ code: "ERR_RESPONSE" }));
});

test.each([
  ['{"records":[],"count":0}', false],
  ['{"records":[1],"count":1,"records":[]}', true],
  ['{"records":[1],\n"count":1,"records" \t: []}', true],
  ['{"records":[{"records":[]}],"count":1}', false],
  ['{"records":[{"bucket_name":"records"}],"count":1}', false],
  ['{"note":"records","records":[],"count":0}', false],
  ['{"note":"\\"records\\":","records":[{"records":1}],"count":1}', false],
  ['{"records":[{"a":"}{"},{"b":"\\\\"}],"count":2,"x":{"records":1},"records":[]}', true],
])("that %j has a list twice is %p", (text, twice) => {
  expect(namesTwice(text, "records")).toBe(twice);
});
