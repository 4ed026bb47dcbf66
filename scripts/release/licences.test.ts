import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Bill, withBundled, withRuntimes } from "./bill.ts";
import { licensedIn, licenceTable } from "./licences.ts";

function component(group: string | undefined, name: string, ...ids: string[]) {
  const purl = `pkg:npm/${group ? `${group.replace("@", "%40")}/` : ""}${name}@1.0.0`;
  const licenses = ids.map((id) => ({ license: { id } }));
  return {
    type: "library" as const,
    ...(group && { group }),
    name,
    version: "1.0.0",
    purl,
    "bom-ref": purl,
    licenses,
  };
}

function bill(...components: ReturnType<typeof component>[]): Bill {
  const own = component("@auditgate", "own", "Apache-2.0");
  return {
    metadata: { component: own },
    components,
    dependencies: [{ ref: own.purl, dependsOn: components.map(({ purl }) => purl) }],
  };
}

test("what several packages bring along is listed once, our own packages are not", () => {
  const bills = new Map([
    ["@auditgate/a", bill(component(undefined, "zod", "MIT"), component("@auditgate", "core", "Apache-2.0"))],
    ["@auditgate/b", bill(component(undefined, "zod", "MIT"), component("@scope", "two", "MIT", "ISC"))],
  ]);
  expect(licensedIn(bills)).toEqual([
    { name: "@scope/two", version: "1.0.0", licence: "MIT, ISC", broughtBy: ["b"] },
    { name: "zod", version: "1.0.0", licence: "MIT", broughtBy: ["a", "b"] },
  ]);
  expect(licenceTable(licensedIn(bills))).toContain("| zod | 1.0.0 | MIT | a, b |");
});

test("a package without a licence is refused by name", () => {
  expect(() => licensedIn(new Map([["@auditgate/a", bill(component(undefined, "bare"))]]))).toThrow(
    "bare 1.0.0 states no licence",
  );
});

test("what a build carries inside is in its bill, as its notices tell", () => {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-bill-"));
  try {
    mkdirSync(join(folder, "dist", "provider"), { recursive: true });
    writeFileSync(
      join(folder, "dist", "provider", "THIRD-PARTY-NOTICES.txt"),
      "This program contains the following packages.\n\n@bufbuild/protobuf 2.1.0 ((Apache-2.0 AND BSD-3-Clause))\n\nText.\n\nzod 1.0.0 (MIT)\n",
    );
    const { components, dependencies } = withBundled(bill(component(undefined, "zod", "MIT")), folder);
    expect(components.map(({ purl }) => purl)).toEqual([
      "pkg:npm/zod@1.0.0",
      "pkg:npm/%40bufbuild/protobuf@2.1.0",
    ]);
    expect(components[1]).toMatchObject({
      group: "@bufbuild",
      name: "protobuf",
      licenses: [{ expression: "(Apache-2.0 AND BSD-3-Clause)" }],
    });
    expect(dependencies[0]?.dependsOn).toContain("pkg:npm/%40bufbuild/protobuf@2.1.0");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("runtimes of executables are in their bill, with their licences", () => {
  const licence = "MIT AND LGPL-2.0-only";
  const { components, dependencies } = withRuntimes(bill(component(undefined, "zod", "MIT")), [
    { name: "@oven/bun-linux-x64", version: "1.4.5", licence },
  ]);
  expect(components.at(-1)).toMatchObject({
    group: "@oven",
    purl: "pkg:npm/%40oven/bun-linux-x64@1.4.5",
    licenses: [{ expression: licence }],
  });
  expect(dependencies[0]?.dependsOn).toContain("pkg:npm/%40oven/bun-linux-x64@1.4.5");
});
