import type { Attributes } from "../schema/attribute.ts";
import { validateConfig } from "./validate.ts";
import { providerSchema } from "../schema.ts";
import { UNKNOWN, type ObjectValue } from "../schema/value.ts";

const attributes: Attributes = {
  cluster_id: { type: "string", required: true, description: "A.", limits: { format: "uuid" } },
  name: { type: "string", optional: true, description: "B.", limits: { minLength: 1 } },
  secret: { type: "string", optional: true, sensitive: true, description: "C.", limits: { format: "uuid" } },
  count: { type: "number", optional: true, description: "D.", limits: { integer: true, minimum: 1 } },
  percent: {
    type: "number",
    optional: true,
    description: "E.",
    limits: { integer: true, minimum: 0, maximum: 100 },
  },
  endpoints: {
    type: ["map", "string"],
    optional: true,
    description: "F.",
    keys: { iam: { type: "string", optional: true, description: "G.", limits: { format: "endpoint" } } },
  },
  mode: { type: "string", optional: true, description: "J.", limits: { values: ["on", "advisory"] } },
  ids: {
    type: ["list", "string"],
    optional: true,
    description: "K.",
    limits: { format: "uuid", minItems: 1 },
  },
  rules: {
    optional: true,
    description: "H.",
    nested: {
      mode: "list",
      attributes: { name: { type: "string", optional: true, description: "I.", limits: { minLength: 1 } } },
    },
  },
};

test.each<[ObjectValue]>([
  [{}],
  [{ cluster_id: null, endpoints: null, rules: null, count: null }],
  [{ cluster_id: UNKNOWN, endpoints: UNKNOWN, rules: UNKNOWN, count: UNKNOWN }],
  [{ endpoints: { iam: UNKNOWN }, rules: [{ name: UNKNOWN }, UNKNOWN], ids: [UNKNOWN], mode: UNKNOWN }],
  [{ cluster_id: "7d85f602-a948-4a30-afd4-e84f47471c15", name: "x", count: 1, percent: 100 }],
  [{ cluster_id: "A0D17A7E-C001-4000-8000-0000000000FF" }],
  ...[
    "iam.example.com",
    "https://iam.example.com",
    "https://iam.example.com:8443/v3",
    "http://127.0.0.1:8080",
    "http://[::1]:1/v3/",
  ].map((iam): [ObjectValue] => [{ endpoints: { iam } }]),
])("%j is valid, as far as it is known", (config) => {
  expect(validateConfig(attributes, config)).toEqual([]);
});

test.each<[ObjectValue, string, string]>([
  [
    { cluster_id: "x" },
    "cluster_id",
    'cluster_id must be a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15, not "x".',
  ],
  [
    { cluster_id: "" },
    "cluster_id",
    "cluster_id must be a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15.",
  ],
  [{ name: "" }, "name", "name must be a text that is not empty."],
  [{ secret: "s3cr3t" }, "secret", "secret must be a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15."],
  [{ count: 0 }, "count", "count must be a whole number of at least 1, not 0."],
  [{ count: 1.5 }, "count", "count must be a whole number of at least 1, not 1.5."],
  [{ percent: 101 }, "percent", "percent must be a whole number from 0 to 100, not 101."],
  [
    { endpoints: { iam: null, aim: null } },
    "endpoints",
    'The keys of endpoints are "iam"; there is no "aim".',
  ],
  [{ count: 2n ** 64n }, "count", "count must be a whole number of at least 1, not 18446744073709551616."],
  [{ mode: "off" }, "mode", 'mode must be "on" or "advisory", not "off".'],
  [{ ids: [] }, "ids", "ids must have at least one element."],
  [
    { ids: ["7d85f602-a948-4a30-afd4-e84f47471c15", "x"] },
    "ids",
    'ids[1] must be a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15, not "x".',
  ],
  ...[
    "http://iam.example.com",
    "https://",
    "ftp://x",
    "https://x/path",
    "https://user:word@x",
    "https://x?y",
    "a b",
  ].map((iam): [ObjectValue, string, string] => [
    { endpoints: { iam } },
    "endpoints",
    `endpoints.iam must be a host or an https URL without a path, such as https://iam.eu-de.otc.t-systems.com, not ${JSON.stringify(iam)}.`,
  ]),
])("%j is one error, at its attribute", (config, attribute, detail) => {
  expect(validateConfig(attributes, config)).toEqual([
    {
      severity: 1,
      summary: `Invalid value of ${attribute}`,
      detail,
      attribute: { steps: [{ attributeName: attribute }] },
    },
  ]);
});

test("an error in a block is at its place in it, which engines find", () => {
  expect(validateConfig(attributes, { rules: [{ name: "x" }, { name: "" }] })).toEqual([
    {
      severity: 1,
      summary: "Invalid value of rules",
      detail: "rules[1].name must be a text that is not empty.",
      attribute: { steps: [{ attributeName: "rules" }, { elementKeyInt: 1 }, { attributeName: "name" }] },
    },
  ]);
});

describe("the window of auditgate_dds_audit_logs", () => {
  const { attributes: arguments_ } = providerSchema.dataSources["auditgate_dds_audit_logs"]!;
  const instance = { instance_id: "1" };
  const start = "2026-01-01T00:00:00Z";
  const end = "2026-01-31T08:00:00+0800";

  test.each<[ObjectValue]>([
    [{ start_time: start, end_time: end }],
    [{ start_time: start, end_time: UNKNOWN }],
    [{ last: "7d" }],
    [{ last: "7d", start_time: UNKNOWN, end_time: UNKNOWN }],
    [{ last: UNKNOWN, start_time: start, end_time: end }],
  ])("%j is valid, as far as it is known", (window) => {
    expect(validateConfig(arguments_, { ...instance, ...window })).toEqual([]);
  });

  test.each<[ObjectValue, string, RegExp]>([
    [{ start_time: "2026-01-01", end_time: end }, "start_time", /must be a date and time with a zone/],
    [{ last: "7 days" }, "last", /must be a whole number and a unit .* such as 24h or 7d, not "7 days"/],
    [{ start_time: start }, "start_time", /goes with end_time, which is not set/],
    [{ end_time: end }, "end_time", /goes with start_time, which is not set/],
    [
      { last: "7d", start_time: start, end_time: end },
      "last",
      /cannot be set beside start_time and end_time: remove one or the other/,
    ],
  ])("%j is refused at %s", (window, attribute, detail) => {
    expect(validateConfig(arguments_, { ...instance, ...window })).toEqual([
      expect.objectContaining({
        summary: `Invalid value of ${attribute}`,
        detail: expect.stringMatching(detail),
        attribute: { steps: [{ attributeName: attribute }] },
      }),
    ]);
  });
});
