import { Fn, Token } from "cdktf";
import { literalSecrets } from "./arguments.ts";

const attributes = {
  name: { type: "string", optional: true, description: "Name." },
  secret_key: { type: "string", optional: true, sensitive: true, description: "Key." },
  inner: {
    optional: true,
    description: "More.",
    nested: {
      mode: "single",
      attributes: { pass_code: { type: "string", optional: true, sensitive: true, description: "Code." } },
    },
  },
} as const;

describe("literal secrets", () => {
  test("are sensitive arguments that hold a text", () => {
    expect(literalSecrets(attributes, { name: "a", secretKey: "s", inner: { passCode: "p" } })).toEqual([
      "secretKey",
      "passCode",
    ]);
  });

  test("are not what a token stands for, wherever it is in the text", () => {
    const token = Token.asString(Fn.timestamp());
    expect(literalSecrets(attributes, { secretKey: token, inner: { passCode: `x-${token}` } })).toEqual([]);
    expect(literalSecrets(attributes, { inner: Token.asAny(Fn.timestamp()) })).toEqual([]);
    expect(literalSecrets(attributes, { secretKey: undefined })).toEqual([]);
  });
});
