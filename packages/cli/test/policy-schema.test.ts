import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

const schema = createRequire(__filename)("@auditgate/core/policy.schema.json") as object;
const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

const GOOD = `version: 1
targets:
  - { name: production, profile: prod, region: eu-de, password: "\${PASSWORD}" }
enforcement: advisory
dwsAuditDumpRecords:
  - { clusterIds: ["*"], except: [a0d17a7e-c001-4000-8000-000000000001], within: 7d, maxAge: 24h, maxFailures: 0 }
acknowledged:
  - rule: dws.dump.max-failures
    subject: a0d17a7e-c001-4000-8000-000000000001
    record: { executorTime: "2026-11-27T00:01:35" }
    reason: known
    since: "2026-11-27"
    until: "2026-12-15"
`;

test("an editor accepts a policy as the documentation has it", () => {
  fits(parse(GOOD));
  expect(fits.errors).toBeNull();
});

test.each([
  ["no version", GOOD.replace("version: 1\n", "")],
  ["another version", GOOD.replace("version: 1", "version: 2")],
  ["a misspelled rule", GOOD.replace("maxFailures", "maxFailure")],
  ["a misspelled setting", GOOD.replace("profile:", "profil:")],
  ["no target", GOOD.replace(/targets:\n.*\n/, "targets: []\n")],
  ["a target without a name", GOOD.replace("name: production, ", "")],
  ["a number of failures that is a text", GOOD.replace("maxFailures: 0", 'maxFailures: "0"')],
  ["an unknown enforcement", GOOD.replace("advisory", "optional")],
])("%s is marked", (_, text) => {
  expect(fits(parse(text))).toBe(false);
});
