import { inspect } from "node:util";
import { parseJson } from "./json-text.ts";
import { parseYaml } from "./yaml-text.ts";

const canary = "CANARY-password";

let warnings: unknown[];
const remember = (warning: Error) => void warnings.push(warning);

beforeEach(() => {
  warnings = [];
  process.on("warning", remember);
});

afterEach(async () => {
  await new Promise(setImmediate);
  process.off("warning", remember);
});

test.each([
  ["1e10"],
  ["0123"],
  ["12345678901234567890"],
  [".5"],
  ["123456.70"],
  ["00123"],
  ["4225332178759948e043475600029217"],
  ["0x1F"],
  ["1_000"],
  ["12:30:45"],
  ["2026-11-27"],
  ["yes"],
  [".inf"],
])("the scalar %s is a text as written", async (text) => {
  expect(await parseYaml("f", `a: ${text}`)).toEqual({ a: text });
  expect(await parseYaml("f", `{ a: [${text}] }`)).toEqual({ a: [text] });
});

test.each(["!!int 0123", "!!float 0123", "!!str 0123", "! 0123", "'0123'", '"0123"'])(
  "%s is the text 0123",
  async (text) => {
    expect(await parseYaml("f", `a: ${text}`)).toEqual({ a: "0123" });
  },
);

test.each(["", "~", "null", "Null", "NULL"])("%j is nothing", async (text) => {
  expect(await parseYaml("f", `a: ${text}`)).toEqual({ a: null });
});

test.each([
  ["verify: no", { verify: false }],
  ["verify: off", { verify: false }],
  ["verify: FALSE", { verify: false }],
  ["verify: 'no'", { verify: "no" }],
  ["verify: 0", { verify: "0" }],
  ["insecure: yes", { insecure: true }],
  ["password: no", { password: "no" }],
])("%s is %j", async (text, tree) => {
  expect(await parseYaml("f", text)).toEqual(tree);
});

test("merge keys fill in what a mapping does not say itself, and later keys win", async () => {
  const text =
    "x: &x { k: 1, l: 2 }\na:\n  k: 0\n  <<: *x\nb: { <<: [*x, { l: 3, m: 4 }], k: 5 }\nc: 1\nc: 2\n";
  expect(await parseYaml("f", text)).toEqual({
    x: { k: "1", l: "2" },
    a: { k: "0", l: "2" },
    b: { k: "5", l: "2", m: "4" },
    c: "2",
  });
});

test.each([
  [`password: !${canary}`, 1, /begins with `!`/],
  [`a: b\npassword: !!binary ${canary}`, 2, /begins with `!`/],
  [`password: !!python/object:${canary} x`, 1, /begins with `!`/],
  [`a: b\npassword: @${canary}`, 2, /no valid YAML/],
  [`password: "${canary}`, 1, /no valid YAML/],
  [`password: a: ${canary}`, 1, /no valid YAML/],
  [`a:\n\tpassword: ${canary}`, 2, /no valid YAML/],
  [`password: ${canary}\n---\na: b`, undefined, /more than one document/],
  [`password: *${canary}`, undefined, /alias/],
  [`a: { <<: ${canary} }`, undefined, /merge key/],
  [`a: &a [${"*a, ".repeat(5)}*${canary}]`, undefined, /alias/],
])("%j is an error that names file and line, and warns nobody", async (text, line, message) => {
  const parsed = parseYaml("/etc/clouds.yaml", text);
  await expect(parsed).rejects.toMatchObject({
    name: "AuditError",
    code: "ERR_CONFIG",
    message: expect.stringMatching(message),
  });
  await expect(parsed).rejects.toThrow(
    line === undefined ? "/etc/clouds.yaml" : `/etc/clouds.yaml, line ${line},`,
  );
  await expect(parsed.catch((error: unknown) => inspect(error, { showHidden: true }))).resolves.not.toContain(
    canary,
  );
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});

test("numbers of JSON are texts as written", () => {
  expect(
    parseJson("f", '{"a": 1e10, "b": 12345678901234567890, "c": [0.50], "d": false, "e": null}'),
  ).toEqual({
    a: "1e10",
    b: "12345678901234567890",
    c: ["0.50"],
    d: false,
    e: null,
  });
});

test.each([`{"a": "${canary}", }`, `{"a":\n"${canary}`, `{"a": ${canary}}`, canary])(
  "broken JSON is an error that quotes nothing: %j",
  (text) => {
    const parse = () => parseJson("/home/me/config.json", text);
    expect(parse).toThrow(/^\/home\/me\/config\.json.* is no valid JSON/);
    expect(parse).not.toThrow(/CANARY/);
  },
);
