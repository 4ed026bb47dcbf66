import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformSchema } from "./derive.ts";
import { type Attribute, type Attributes, innerOf, isBlock, providerSchema } from "../schema.ts";

test("the checked-in schema is what core declares; if not, run pnpm generate", () => {
  expect(readFileSync(join(__dirname, "gen", "schema.ts"), "utf8")).toBe(terraformSchema().text);
});

function everyAttribute(attributes: Attributes, prefix = ""): readonly (readonly [string, Attribute])[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => [
    [prefix + name, attribute] as const,
    ...everyAttribute(innerOf(attribute) ?? {}, `${prefix + name}.`),
  ]);
}

const sources = Object.entries(providerSchema.dataSources);

test("there is a data source for each query, and the gate, and the same as ephemeral resources", () => {
  expect(sources.map(([name]) => name)).toEqual([
    "auditgate_dws_audit_dump_records",
    "auditgate_dws_parameter_modification_records",
    "auditgate_dds_audit_logs",
    "auditgate_dws_clusters",
    "auditgate_dds_instances",
    "auditgate_gate",
  ]);
  expect(providerSchema.ephemeralResources).toEqual(providerSchema.dataSources);
});

test.each([...sources, ["provider", providerSchema.provider] as const])(
  "every attribute of %s is described",
  (_, { attributes }) => {
    for (const [name, { description }] of everyAttribute(attributes))
      expect([name, description]).toEqual([name, expect.stringMatching(/\w.*\.$/)]);
  },
);

test.each(sources)(
  "every attribute of %s is the author's or the provider's; only region and project can be both",
  (_, { attributes }) => {
    const roles = everyAttribute(attributes).map(([name, { required, optional, computed }]) => {
      return [name, [required, optional, computed].filter(Boolean).length];
    });
    expect(roles).toEqual(
      everyAttribute(attributes).map(([name]) => [name, name === "region" || name === "project_id" ? 2 : 1]),
    );
  },
);

test("the provider's attributes are optional, and exactly its secrets are sensitive", () => {
  const { attributes } = providerSchema.provider;
  expect(Object.values(attributes).every(({ optional, computed }) => optional && !computed)).toBe(true);
  const secrets = everyAttribute(attributes)
    .filter(([, { sensitive }]) => sensitive)
    .map(([name]) => name);
  expect(secrets).toEqual(["access_key", "secret_key", "security_token", "token", "password", "passcode"]);
});

test.each([
  ["region", "`AUDITGATE_REGION`, `HW_REGION_NAME`"],
  ["assume_role.agency_name", "`AUDITGATE_ASSUME_ROLE_AGENCY_NAME`, `HW_ASSUME_ROLE_AGENCY_NAME`"],
  ["endpoints.dws", "`AUDITGATE_DWS_ENDPOINT`"],
])("the description of %s names the variables that may hold it", (name, variables) => {
  const attribute = everyAttribute(providerSchema.provider.attributes).find(([other]) => other === name)?.[1];
  expect(attribute?.description).toContain(`Environment: ${variables}`);
});

test("whatever an author writes is a block, whose arguments engines check, or has no arguments inside", () => {
  const written = [...sources.map(([, schema]) => schema), providerSchema.provider]
    .flatMap(({ attributes }) => everyAttribute(attributes))
    .filter(([, { nested, computed }]) => nested && !computed);
  expect(written.map(([name]) => name)).toEqual([
    "dws_audit_dump_records",
    "dws_parameter_modification_records",
    "dws_parameter_modification_records.freeze_windows",
    "dds_audit_logs",
    "acknowledged",
    "assume_role",
  ]);
  expect(written.every(([, attribute]) => isBlock(attribute))).toBe(true);
  const { endpoints } = providerSchema.provider.attributes;
  expect(endpoints).toMatchObject({ type: ["map", "string"], keys: { dws: {}, dds: {}, iam: {} } });
});

test("the gate's arguments are core's policy, rules as lists of blocks", () => {
  const { attributes = {} } = providerSchema.dataSources["auditgate_gate"] ?? {};
  const rules = attributes["dws_parameter_modification_records"];
  expect(rules).toMatchObject({ optional: true, nested: { mode: "list" } });
  expect(rules?.nested?.attributes).toMatchObject({
    cluster_ids: {
      type: ["list", "string"],
      required: true,
      limits: { pattern: { expected: expect.stringContaining('"*" alone') }, minItems: 1 },
    },
    no_pending: { type: "bool", optional: true },
    max_failed: { type: "number", limits: { integer: true, minimum: 0 } },
    freeze_windows: { optional: true, nested: { mode: "list", attributes: { start: { required: true } } } },
  });
  expect(attributes["enforcement"]?.limits).toEqual({ values: ["mandatory", "advisory"] });
  expect(attributes["violations"]).toMatchObject({ computed: true, nested: { mode: "list" } });
});

test("descriptions of arguments name others as Terraform does", () => {
  const { attributes = {} } = providerSchema.dataSources["auditgate_gate"] ?? {};
  const rules = attributes["dws_audit_dump_records"]?.nested?.attributes;
  expect(rules?.["max_failures"]?.description).toContain("`failed_results`");
});

test("limits are taken over from the declarations", () => {
  const limits = (typeName: string, name: string) =>
    providerSchema.dataSources[typeName]?.attributes[name]?.limits;
  expect(limits("auditgate_dws_audit_dump_records", "cluster_id")).toEqual({ format: "uuid" });
  expect(limits("auditgate_dws_parameter_modification_records", "action_time")).toEqual({
    integer: true,
    minimum: 0,
  });
  expect(limits("auditgate_dds_audit_logs", "instance_id")).toEqual({
    minLength: 1,
    pattern: { source: "^[\\w-]{1,128}$", expected: expect.stringContaining("an id") },
  });
  expect(providerSchema.provider.attributes["timeout_seconds"]?.limits).toEqual({
    integer: true,
    minimum: 1,
    maximum: 3600,
  });
  expect(providerSchema.provider.attributes["auth_url"]?.limits).toEqual({
    minLength: 1,
    format: "endpoint",
  });
});
