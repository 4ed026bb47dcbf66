/** What a command of `npx pnpm@12` does, and each of its parts. */
export interface CommandEntry {
  readonly about: string;
  readonly parts?: Readonly<Record<string, string>>;
}

/** Every command, in the order of the table of CONTRIBUTING.md, which derives from this like the commands' own help. */
export const COMMANDS = {
  check: {
    about: "all that can be said of the repository without running its tests, with the time of each stage",
    parts: {
      format: "oxfmt would change nothing",
      lint: "oxlint, with types",
      types: "the whole repository type-checks",
      generated: "what `generate` writes is what is checked in",
      unused: "knip: files, exports and dependencies that nothing uses",
      dependencies: "which package, room and file may import which, and what may be where",
      secrets: "secretlint over all files that are, or would be, committed",
      duplicates: "jscpd: code that exists twice",
      regexes: "recheck: every regular expression of the packages is linear on any text",
      api: "what users can see is what `etc` says, is documented, and a change of it has a changeset",
      pages: "tfplugindocs: the provider's pages are as the registries want them, and fit its schema",
      packages: "publint, attw, a program that uses the packs, and the provider's executable",
    },
  },
  test: {
    about:
      "builds what changed, provides the engines, runs all tests, or those of a pattern (arguments go to jest)",
    parts: {
      unit: "only the unit suites: seconds, no build, no engines",
      properties: "the suites that have property tests, with 100,000 cases each",
      load: "streams and reads a million records, and prints rates and memory",
      settings:
        "what openstacksdk, Python's RawConfigParser and Go's httpproxy read in 10,000 environments each, beside what we read",
      matrix:
        "what a closed gate holds back with Terraform and OpenTofu, wherever it is; writes `docs/gate-matrix.md`",
      canaries:
        "services that say secrets of twelve kinds, with seven characters in 42 ways each, to Terraform, OpenTofu and Pulumi: no file and no output has them",
      fleet:
        "40 targets with 1,000 clusters and instances, workers that are killed 20 times, Redis twice, the coordinator once; a test run has a smaller one",
      clients: "the official Python, Go and Node clients read from the emulator what it holds",
      mutation:
        "whether the tests notice changes in signing, windows, gate rules and paging; writes `docs/mutation.md`",
    },
  },
  build: { about: "builds the packages that changed" },
  generate: { about: "writes what derives from the declared queries, settings and commands" },
  engines: {
    about:
      "puts Terraform, Pulumi with its hosts for YAML and Python, OpenTofu and Redis in place: from PATH, else downloaded, else built",
  },
  demo: {
    about:
      "the command line and both engines against the emulator, for the eyes; draws the picture of the README",
  },
  bench: { about: "the benchmark against what else there is" },
  docs: {
    about: "the documentation",
    parts: {
      dev: "the site, while it is written",
      build: "writes the site",
      reference: "writes the reference of the TypeScript packages alone",
      screenshots: "draws the pictures of the report anew, from the emulator's sample",
      follow: "copies the blocks of README and getting-started pages in order, as a reader would",
    },
  },
  release: {
    about: "what leaves this repository",
    parts: {
      npm: "publishes the packages with provenance, from CI; without a token a dry run",
      terraform: "what a registry of Terraform or OpenTofu providers serves",
      sbom: "what each package brings along, and under which licences",
    },
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands that are another program's, called as it stands. */
export const PROGRAMS = {
  typecheck: "the TypeScript compiler over the whole repository",
  lint: "oxlint, with types",
  format: "oxfmt writes every file as it should look",
  changeset: "asks what changed for users, and writes it down for the next release",
} as const;

export type CommandName = keyof typeof COMMANDS;

/** How a command is called. pnpm has a `docs` of its own, which opens a page of the registry. */
export function calledAs(name: string): string {
  return name === "docs" ? "npx pnpm@12 run docs" : `npx pnpm@12 ${name}`;
}
