import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type Attributes, innerOf, providerSchema } from "../../../packages/terraform-provider/src/schema.ts";
import { attributeList } from "./attributes.ts";
import { terraformReference } from "./reference.ts";

const pages = terraformReference();

test("every data source and ephemeral resource has its page, and no page is left of one that is gone", () => {
  const files = globSync("docs/{index,data-sources/*,ephemeral-resources/*}.md").toSorted();
  expect(files).toEqual(pages.map(({ path }) => path).toSorted());
});

const described = [
  ["docs/index.md", providerSchema.provider] as const,
  ...Object.entries(providerSchema.dataSources).map(
    ([name, schema]) => [`docs/data-sources/${name.replace("auditgate_", "")}.md`, schema] as const,
  ),
  ...Object.entries(providerSchema.ephemeralResources).map(
    ([name, schema]) => [`docs/ephemeral-resources/${name.replace("auditgate_", "")}.md`, schema] as const,
  ),
];

test.each(described)("%s describes every attribute at every depth", (path, { attributes }) => {
  const text = pages.find((page) => page.path === path)?.text ?? "";
  for (const [place, inner] of groupsOf(attributes)) {
    const [, section = ""] = text.split(
      place === "" ? "## Schema\n" : `### Nested Schema for \`${place}\`\n`,
    );
    const [own = ""] = section.split("<a id=");
    for (const [name, { description }] of Object.entries(inner))
      expect([place, own.includes(`- \`${name}\` (`) && own.includes(description)]).toEqual([place, true]);
  }
});

test.each(described)("every example of %s stands in a file that the tests run", (path) => {
  const [, example = ""] =
    /```terraform\n([^]*?)\n```/.exec(pages.find((page) => page.path === path)?.text ?? "") ?? [];
  const files = globSync("examples/terraform-*/**/*.tf").filter((file) =>
    readFileSync(file, "utf8").includes(example),
  );
  expect(example).not.toBe("");
  expect(files).not.toEqual([]);
  const tests = globSync("{packages/*/test,test}/**/*.ts").map((file) => readFileSync(file, "utf8"));
  const run = new Set(files.map((file) => file.split("/")[1] ?? ""));
  expect([...run].some((name) => tests.some((text) => text.includes(name)))).toBe(true);
});

test("every link within the pages leads somewhere", () => {
  for (const file of globSync("docs/{index,data-sources/*,ephemeral-resources/*,guides/*}.md")) {
    const text = readFileSync(file, "utf8");
    for (const [, target = ""] of text.matchAll(/\]\((?!https:)([^)]+)\)/g)) {
      const exists = target.startsWith("#")
        ? text.includes(`<a id="${target.slice(1)}">`)
        : globSync(join(dirname(file), target)).length > 0;
      expect([file, target, exists]).toEqual([file, target, true]);
    }
  }
});

test("attributes are printed by what an author may do with them, nested ones in sections of their own", () => {
  const text = attributeList({
    mode: { type: "string", optional: true, description: "Mode.", limits: { values: ["a", "b"] } },
    rules: {
      required: true,
      description: "Rules.",
      nested: {
        mode: "list",
        attributes: {
          ids: {
            type: ["list", "string"],
            required: true,
            description: "IDs.",
            limits: { minItems: 1, format: "uuid" },
          },
          times: {
            optional: true,
            description: "Times.",
            nested: {
              mode: "single",
              attributes: { key: { type: "string", optional: true, sensitive: true, description: "Key." } },
            },
          },
        },
      },
    },
    endpoints: {
      type: ["map", "string"],
      optional: true,
      description: "Endpoints.",
      keys: {
        iam: { type: "string", optional: true, description: "IAM's.", limits: { format: "endpoint" } },
      },
    },
    share: { type: "number", computed: true, description: "Share.", limits: { minimum: 0, maximum: 1 } },
    found: {
      computed: true,
      description: "Found.",
      nested: {
        mode: "list",
        attributes: { name: { type: "string", computed: true, description: "Name." } },
      },
    },
  });
  expect(text).toBe(`## Schema

### Required

- \`rules\` (Block List) Rules. See [its arguments](#nestedblock--rules).

### Optional

- \`mode\` (String) Mode. One of \`a\`, \`b\`.
- \`endpoints\` (Map of String) Endpoints. See [its keys](#nestedatt--endpoints).

### Read-Only

- \`share\` (Number) Share. A number, at least 0, at most 1.
- \`found\` (Attributes List) Found. See [its attributes](#nestedatt--found).

<a id="nestedblock--rules"></a>

### Nested Schema for \`rules\`

#### Required

- \`ids\` (List of String) IDs. 1 or more. GUIDs.

#### Optional

- \`times\` (Block) Times. See [its arguments](#nestedblock--rules--times).

<a id="nestedblock--rules--times"></a>

### Nested Schema for \`rules.times\`

#### Optional

- \`key\` (String, Sensitive) Key.

<a id="nestedatt--endpoints"></a>

### Nested Schema for \`endpoints\`

#### Optional

- \`iam\` (String) IAM's. A host, with scheme and port if need be.

<a id="nestedatt--found"></a>

### Nested Schema for \`found\`

#### Read-Only

- \`name\` (String) Name.`);
});

/** All groups of attributes, by the path that leads to them. */
function groupsOf(attributes: Attributes, path = ""): [string, Attributes][] {
  return [
    [path, attributes],
    ...Object.entries(attributes).flatMap(([name, attribute]) =>
      groupsOf(innerOf(attribute) ?? {}, path === "" ? name : `${path}.${name}`),
    ),
  ];
}
