import { execFileSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

import { type Block, parsePage } from "../scripts/docs/markdown.ts";
import { type CommandEntry, COMMANDS, PROGRAMS } from "../scripts/commands.ts";
import { engines } from "../scripts/engines/locate.ts";

jest.setTimeout(120_000);

const pages = globSync(
  [
    "*.md",
    "docs/*.md",
    "docs/{data-sources,ephemeral-resources,guides}/*.md",
    "{packages,examples}/*/*.md",
    "bench/{,results/}*.md",
  ],
  { exclude: (path) => path === "node_modules" },
)
  .toSorted()
  .map((file) => ({ file, ...parsePage(readFileSync(file, "utf8")) }));

const blocksOf = (...languages: readonly string[]) =>
  pages.flatMap(({ file, blocks }) =>
    blocks
      .filter(({ language }) => languages.includes(language))
      .map((block) => ({ file, place: `${file}:${block.line}`, block })),
  );

/** Commands that do nothing without one of their parts. */
const ONLY_PARTS: readonly string[] = ["check", "docs", "release"];

/** Files that other tests run or compile, and that pages show parts of. */
const tested = globSync(["examples/**/*.{ts,tf}", "packages/*/test/*.ts"], {
  exclude: (path) => path === "node_modules",
}).map((file) => readFileSync(file, "utf8"));

/** Whether a page shows a part of what is tested elsewhere. */
function isPartOfTested({ code }: Block): boolean {
  return tested.some((text) => text.includes(code));
}

test("every link between files leads to a file, and to a heading or anchor in it", () => {
  const broken = pages.flatMap(({ file, links, anchors }) =>
    links
      .filter(({ href }) => !/^[a-z]+:/i.test(href))
      .filter(({ href }) => {
        const [path = "", anchor] = href.split("#");
        const target = path === "" ? file : join(dirname(file), path);
        if (!existsSync(target)) return true;
        if (anchor === undefined) return false;
        if (path === "") return !anchors.has(anchor);
        return !statSync(target).isFile() || !anchorsOf(target).has(anchor);
      })
      .map(({ href, line }) => `${file}:${line} ${href}`),
  );
  expect(pages.length).toBeGreaterThan(30);
  expect(broken).toEqual([]);
});

function anchorsOf(file: string): ReadonlySet<string> {
  return parsePage(readFileSync(file, "utf8")).anchors;
}

test("every page of the guide is in the site's navigation, and none that there is not", () => {
  const text = readFileSync("docs/.vitepress/navigation.ts", "utf8");
  const linked = [...text.matchAll(/link: "([^"]+)"/g)].map(([, link = ""]) => link);
  const guide = globSync(["docs/*.md", "docs/guides/*.md"]).map(
    (file) => `/${file.replace(/(index)?\.md$/, "")}`,
  );
  expect(guide.filter((page) => !linked.includes(page))).toEqual([]);
  const missing = linked
    .filter((link) => !link.startsWith("/docs/api"))
    .filter(
      (link) =>
        !["README.md", "index.md"].some((name) => existsSync(`.${link}${name}`)) &&
        !existsSync(`.${link}.md`),
    );
  expect(missing).toEqual([]);
});

describe("TypeScript", () => {
  // Within the repository, so that packages are found.
  const folder = resolve("node_modules/.cache/auditgate/docs");
  // A fragment stands in no program of its own; the test of its page puts it where the page says.
  const blocks = blocksOf("ts").filter(({ block }) => block.note !== "fragment" && !isPartOfTested(block));

  beforeEach(() => mkdirSync(folder, { recursive: true }));
  afterEach(() => rmSync(folder, { recursive: true }));

  test("of every page has the types that it needs", () => {
    const places = new Map(
      blocks.map(({ place, block }, index) => {
        const name = `block-${index}.ts`;
        writeFileSync(join(folder, name), `${block.given}${block.code}\nexport {};\n`);
        return [name, place];
      }),
    );
    for (const [name, place] of Object.entries(PACKAGES)) link(place, join(folder, "node_modules", name));
    const compilerOptions = {
      types: ["node", "jest"],
      typeRoots: [resolve("node_modules/@types")],
      noUnusedLocals: false,
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: resolve("tsconfig.base.json"), compilerOptions, include: ["*.ts"] }),
    );
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    expect(places.size).toBeGreaterThan(10);
    const errors = compile(folder).map((line) =>
      line.replace(/^.*?(block-\d+\.ts)/, (_, name: string) => places.get(name) ?? name),
    );
    expect(errors).toEqual([]);
  });
});

/** Where a reader's program finds its packages. */
const PACKAGES: Readonly<Record<string, string>> = {
  "@auditgate/core": "packages/core",
  "@auditgate/emulator": "packages/emulator",
  "@auditgate/cdktf-constructs": "packages/cdktf-constructs",
  "@auditgate/cdktn-constructs": "packages/cdktn-constructs",
  "@auditgate/pulumi-provider": "packages/pulumi-provider",
  "@pulumi/pulumi": "examples/pulumi-gate/node_modules/@pulumi/pulumi",
  cdktf: "examples/cdktf-gate/node_modules/cdktf",
  cdktn: "examples/cdktn-gate/node_modules/cdktn",
  constructs: "examples/cdktf-gate/node_modules/constructs",
};

function link(place: string, name: string): void {
  mkdirSync(dirname(name), { recursive: true });
  symlinkSync(resolve(place), name);
}

function compile(folder: string): string[] {
  try {
    execFileSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    return [];
  } catch (error) {
    return (error as { readonly stdout: string }).stdout.split("\n").filter((line) => /error TS/.test(line));
  }
}

describe("HCL", () => {
  const blocks = blocksOf("hcl", "terraform").filter(({ block }) => !isPartOfTested(block));

  test.each(blocks)("of $place is valid", ({ block: { code } }) => {
    expect(formatted(code)).toBe(code);
  });
});

/** As Terraform would write it, which it does of valid syntax only. */
function formatted(code: string): string {
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  return execFileSync(engines().terraform, ["fmt", "-"], { input: code, encoding: "utf8", env });
}

test("commands of every page are valid in a shell, and name only commands that packages have", () => {
  const bins = globSync("packages/*/package.json").flatMap((file) => {
    const { name, bin = {} } = JSON.parse(readFileSync(file, "utf8")) as { name: string; bin?: object };
    return [name, ...Object.keys(bin)];
  });
  const commands = blocksOf("sh");
  for (const { block } of commands) execFileSync("bash", ["-n"], { input: block.code });
  const unknown = commands.flatMap(({ place, block }) => [
    ...[...block.code.matchAll(/\bnpx (?:-y )?(?:-p )?(@auditgate\/[\w-]+)/g)]
      .filter(([, name = ""]) => !bins.includes(name))
      .map(([text]) => `${place} ${text}`),
    ...[...block.code.matchAll(/\bauditgate-[\w-]+/g)]
      .filter(([name]) => !bins.includes(name))
      .map(([text]) => `${place} ${text}`),
    ...unknownCommands(block.code).map((text) => `${place} ${text}`),
  ]);
  expect(commands.length).toBeGreaterThan(40);
  expect(unknown).toEqual([]);
});

test("pages name no command and no part of one that there is not", () => {
  const unknown = pages.flatMap(({ file }) =>
    unknownCommands(readFileSync(file, "utf8")).map((text) => `${file} ${text}`),
  );
  expect(unknown).toEqual([]);
});

/** Calls of commands that there are not. Where a command only has parts, the word behind it is one of them. */
function unknownCommands(text: string): string[] {
  const calls = text.matchAll(/\bpnpm@12 (?:run )?([\w:]+)(?: ([a-z]+))?/g);
  return [...calls].flatMap(([call, name = "", word]) => {
    if (["install", "exec"].includes(name) || Object.hasOwn(PROGRAMS, name)) return [];
    if (!Object.hasOwn(COMMANDS, name)) return [call];
    const { parts }: CommandEntry = COMMANDS[name as keyof typeof COMMANDS];
    const isPart = word === undefined || Object.hasOwn(parts ?? {}, word);
    return isPart || !ONLY_PARTS.includes(name) ? [] : [call];
  });
}

test.each(blocksOf("json"))("the JSON of $place can be read", ({ block }) => {
  expect(() => JSON.parse(block.code) as unknown).not.toThrow();
});
