import fc from "fast-check";
import { createRedaction } from "./redaction.ts";

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Every way in which a service, a gateway or a library may write what it was given. */
const forms: { readonly [form: string]: (secret: string) => string } = {
  plain: (secret) => secret,
  JSON: json,
  "JSON in JSON": (secret) => json(json(secret)),
  "JSON in JSON in JSON": (secret) => json(json(json(secret))),
  "JSON with every character escaped": (secret) =>
    Array.from(
      { length: secret.length },
      (_, at) => `\\u${secret.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  "JSON as Java writes it": (secret) =>
    json(secret).replace(/[&'<>=]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
  percent: encodeURIComponent,
  "percent in small letters": (secret) =>
    encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
  "percent, twice": (secret) => encodeURIComponent(encodeURIComponent(secret)),
  form: (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  HTML: (secret) =>
    secret.replace(
      /[&<>"']/g,
      (character) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot" }[character] ?? "#39"};`,
    ),
  base64,
  base64url: (secret) => Buffer.from(secret).toString("base64url"),
  "base64 in percent": (secret) => encodeURIComponent(base64(secret)),
  "base64 of a pair": (secret) => base64(`user:${secret}`),
  "base64 of JSON": (secret) => base64(JSON.stringify({ auth: { password: secret } })),
};

const specials = [
  "&",
  "'",
  '"',
  ",",
  ";",
  "%",
  " ",
  "+",
  "\\",
  "/",
  "=",
  "<",
  "|",
  "ü",
  "密",
  "😀",
  "%41",
  "\\n",
  "\u00e9",
];
const kinds = ["password", "secret key", "token", "passcode"];

describe.each(Object.keys(forms))("a secret in the form %s", (form) => {
  test.each(specials)("is cut whole where %j is in it", (special) => {
    for (const secret of [`hunter${special}canary`, `${special}canary`, `can${special}${special}ary7`]) {
      const redaction = createRedaction();
      redaction.add([secret]);
      const written = forms[form]!(secret);
      for (const around of [
        ["", ""],
        ["password=", "&x=1"],
        ['{"password":"', '","x":1}'],
        ["said ", ", sorry"],
      ]) {
        const [before = "", after = ""] = around;
        const text = redaction.redact(before + written + after);
        expect(text).not.toContain(written);
        expect(text).not.toContain("canary");
        expect(text).toContain("…");
      }
    }
  });
});

test("no random secret is left in any form", () => {
  const secret = fc
    .string({ unit: "grapheme", minLength: 4, maxLength: 40 })
    .filter((text) => text.trim().length > 3);
  const words = fc.string({ unit: "grapheme-ascii", maxLength: 20 });
  fc.assert(
    fc.property(secret, words, words, fc.constantFrom(...Object.keys(forms)), (own, before, after, form) => {
      const redaction = createRedaction("\u0000");
      redaction.add([own]);
      const written = forms[form]!(own);
      fc.pre(!(own + before + after).includes("\u0000"));
      expect(redaction.redact(`${before}|${written}|${after}`)).not.toContain(written);
    }),
  );
});

test("where secrets overlap or hold each other, all of them is cut, in whatever order they are known", () => {
  for (const secrets of [
    ["abcdef", "abcdefghij"],
    ["abcdefghij", "abcdef"],
    ["abcdef", "defghij"],
    ["defghij", "abcdef"],
  ]) {
    const redaction = createRedaction();
    redaction.add(secrets);
    expect(redaction.redact("x abcdefghij y")).toBe("x … y");
  }
});

test.each(["abc", "7", "p;", "42"])("a short secret (%j) is cut where it stands alone", (secret) => {
  const redaction = createRedaction();
  redaction.add([secret]);
  expect(redaction.redact(`password "${secret}", token=${secret}`)).toBe('password "…", token=…');
  expect(redaction.redact(`dabchick 1742 ${base64(`u:${secret}`)}`)).toBe("dabchick 1742 …");
});

test("what is no secret stays as it is", () => {
  const text = 'HTTP 400: {"error_code":"DWS.0001","x":"%20\\u0041&amp;"} (request 1a2b3c) 100% of C:\\temp';
  const redaction = createRedaction();
  expect(redaction.redact(text)).toBe(text);
  redaction.add(["hunter2-canary", undefined, "", "  "]);
  expect(redaction.redact(text)).toBe(text);
});

test("a secret that was trimmed on its way is cut too", () => {
  const redaction = createRedaction();
  redaction.add([" hunter2-canary\n"]);
  expect(redaction.redact("X-Auth-Token: hunter2-canary;")).toBe("X-Auth-Token: …;");
});

test.each(kinds)("a long text with a %s costs little more than its length", () => {
  const redaction = createRedaction();
  redaction.add(["hunter2-canary", "x".repeat(16_384)]);
  const started = performance.now();
  redaction.redact("x".repeat(16_383) + "%25".repeat(2000) + "\\".repeat(2000));
  expect(performance.now() - started).toBeLessThan(1000);
});
