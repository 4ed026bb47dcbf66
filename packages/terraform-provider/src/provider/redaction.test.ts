import type { Attributes } from "../schema/attribute.ts";
import { secretsInEnvironment, secretsOf } from "./redaction.ts";
import { UNKNOWN } from "../schema/value.ts";

const attributes: Attributes = {
  name: { type: "string", optional: true, description: "A.", env: ["NAME"] },
  secret: {
    type: "string",
    optional: true,
    sensitive: true,
    description: "B.",
    env: ["SECRET", "OLD_SECRET"],
  },
  token: { type: "string", optional: true, sensitive: true, description: "C.", env: ["TOKEN"] },
  more: {
    optional: true,
    description: "D.",
    nested: {
      mode: "single",
      attributes: { secret: { type: "string", optional: true, sensitive: true, description: "E." } },
    },
  },
};

test("secrets are the known values of sensitive attributes, at every depth", () => {
  expect(secretsOf(attributes, { name: "n", secret: "s", token: UNKNOWN, more: { secret: "t" } })).toEqual([
    "s",
    "t",
  ]);
  expect(secretsOf(attributes, { name: null, more: UNKNOWN })).toEqual([]);
});

test("variables of sensitive attributes hold secrets too", () => {
  expect(secretsInEnvironment(attributes, { NAME: "n", OLD_SECRET: "s", TOKEN: "t", OTHER: "o" })).toEqual([
    "s",
    "t",
  ]);
});
