import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import variantsJson from "../../scripts/build/variants.json" with { type: "json" };
import { type Source, sourcesIn } from "../../scripts/check/dependencies/sources.ts";

const variants: Readonly<
  Record<string, { readonly sourcesOf: string; readonly alias: Readonly<Record<string, string>> }>
> = variantsJson;

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Which of our packages each may know: core ← pulumi-provider, core ← cli ← fleet, core ← terraform-provider ← cdktf-constructs. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  core: [],
  emulator: [],
  "terraform-provider": ["@auditgate/core"],
  "pulumi-provider": ["@auditgate/core"],
  cli: ["@auditgate/core"],
  fleet: ["@auditgate/core", "@auditgate/cli"],
  "cdktf-constructs": ["@auditgate/terraform-provider"],
  "cdktn-constructs": ["@auditgate/terraform-provider"],
};

const packages = globSync("packages/*/package.json").map((file) => ({
  folder: basename(dirname(file)),
  manifest: JSON.parse(readFileSync(file, "utf8")) as Manifest,
  sources: sourcesOf(basename(dirname(file))),
}));

const originals = packages.filter(({ folder }) => !(folder in variants));

test("every package is one of those whose place is decided", () => {
  expect(packages.map(({ folder }) => folder).toSorted()).toEqual(Object.keys(MAY_KNOW).toSorted());
});

describe.each(packages)("$folder", ({ folder, manifest, sources }) => {
  const known = MAY_KNOW[folder] ?? [];

  test("imports only those of our packages that it may know, and none by a path", () => {
    const ours = sources.flatMap(({ file, imports }) =>
      imports
        .filter((name) => name.startsWith("@auditgate/"))
        .map((name) => [file, name.split("/").slice(0, 2).join("/")] as const)
        .filter(([, name]) => !known.includes(name) && name !== manifest.name),
    );
    expect(ours).toEqual([]);
    const outside = sources.flatMap(({ file, imports }) =>
      imports.filter(
        (name) =>
          name.startsWith(".") &&
          !join(dirname(file), name).startsWith(`packages/${variants[folder]?.sourcesOf ?? folder}/`),
      ),
    );
    expect(outside).toEqual([]);
  });

  test("its package.json names only those, and what its source imports", () => {
    const installed = { ...manifest.dependencies, ...manifest.peerDependencies };
    const named = { ...installed, ...manifest.devDependencies };
    const ours = Object.keys(named).filter((name) => name.startsWith("@auditgate/"));
    // Tests of every package run against the emulator; those of the constructs compare with what core reads.
    const forTests = ["@auditgate/emulator", "@auditgate/core"].filter((name) => !(name in installed));
    expect(ours.filter((name) => !known.includes(name) && !forTests.includes(name))).toEqual([]);
    const imported = new Set(sources.flatMap(({ imports }) => imports.flatMap(packageOf)));
    expect(
      [...imported].filter(
        (name) => name !== manifest.name && !(name in named) && !(`@types/${name}` in named),
      ),
    ).toEqual([]);
  });
});

test.each(Object.entries(variants))(
  "%s has no sources of its own, and the versions of its original",
  (folder, { sourcesOf: original, alias }) => {
    expect(globSync(`packages/${folder}/src/**`)).toEqual([]);
    const [own, other] = [folder, original].map(
      (name) => JSON.parse(readFileSync(`packages/${name}/package.json`, "utf8")) as Manifest,
    );
    const exchanged = Object.fromEntries(Object.entries(alias).map(([from, to]) => [to, from]));
    expect(Object.keys(own?.peerDependencies ?? {}).map((name) => exchanged[name] ?? name)).toEqual(
      Object.keys(other?.peerDependencies ?? {}),
    );
    expect(own?.dependencies).toEqual(other?.dependencies);
  },
);

test("the constructs know the provider's schema and package, not its code", () => {
  expect(importsOf("cdktf-constructs", /^@auditgate\//)).toEqual(
    expect.arrayContaining(["@auditgate/terraform-provider/package"]),
  );
  const others = importsOf("cdktf-constructs", /^@auditgate\/(?!terraform-provider\/(?:schema|package)$)/);
  expect(others).toEqual([]);
});

test("only core speaks HTTP through undici, and in one file", () => {
  expect(filesThat(({ imports }) => imports.includes("undici"))).toEqual([
    "packages/core/src/http/transport.ts",
  ]);
});

test("zod is in declarations of core alone", () => {
  const allowed =
    /^packages\/core\/src\/(?:field|instant|settings\/settings|reading\/reading|gate\/.*|queries\/.*|fleet\/.*|policy-file\/.*)\.ts$/;
  expect(
    filesThat(({ imports }) => imports.some((name) => /^zod\b/.test(name))).filter(
      (file) => !allowed.test(file),
    ),
  ).toEqual([]);
});

test("core reads the environment in one file", () => {
  const readers = filesThat(({ code }) => /\bprocess\.env\b/.test(code)).filter((file) =>
    file.startsWith("packages/core/"),
  );
  expect(readers).toEqual(["packages/core/src/settings/environment.ts"]);
});

test("only the constructs import cdktf, none of them cdktn by its name, only the Pulumi package imports Pulumi", () => {
  const elsewhere = (folder: string, name: RegExp) =>
    filesThat(({ imports }) => imports.some((each) => name.test(each))).filter(
      (file) => !file.startsWith(`packages/${folder}/`),
    );
  expect(elsewhere("cdktf-constructs", /^(?:cdktf|constructs)\b/)).toEqual([]);
  expect(
    originals.flatMap(({ sources }) => sources).filter(({ imports }) => imports.includes("cdktn")),
  ).toEqual([]);
  expect(elsewhere("pulumi-provider", /^@pulumi\//)).toEqual([]);
});

test("source files stay below 250 lines", () => {
  const long = filesThat(
    ({ file, text }) =>
      !file.includes("/gen/") && !text.startsWith("// Generated") && text.split("\n").length > 251,
  );
  expect(long).toEqual([]);
});

/** The sources of a package; those of a variant are its original's, with other imports. */
function sourcesOf(folder: string): Source[] {
  const { sourcesOf: original = folder, alias = {} as Readonly<Record<string, string>> } =
    variants[folder] ?? {};
  return sourcesIn(`packages/${original}/src`).map((source) => ({
    ...source,
    imports: source.imports.map((name) => alias[name] ?? name),
  }));
}

function filesThat(match: (source: Source) => boolean): string[] {
  return originals.flatMap(({ sources }) => sources.filter(match)).map(({ file }) => file);
}

function importsOf(folder: string, name: RegExp): string[] {
  const sources = packages.find((each) => each.folder === folder)?.sources ?? [];
  return [...new Set(sources.flatMap(({ imports }) => imports.filter((each) => name.test(each))))];
}

/** Name of the package that an import comes from; none for files and for Node's own modules. */
function packageOf(name: string): string[] {
  if (/^(?:\.|node:)/.test(name)) return [];
  return [
    name
      .split("/")
      .slice(0, name.startsWith("@") ? 2 : 1)
      .join("/"),
  ];
}
