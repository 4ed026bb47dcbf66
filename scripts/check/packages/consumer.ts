import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { type Package, root } from "../../build/packages.ts";
import type { Step } from "../../progress.ts";
import { PNPM, succeed } from "../../command.ts";
import { type Manifest, manifestOf, packOf } from "./pack.ts";
import { dependencyCheck, program } from "./programs.ts";

export type Manager = "npm" | "pnpm";

export interface Consumer {
  readonly manager: Manager;
  readonly packages: readonly Package[];
  readonly scratch: string;
  /** Versions of Node.js to run on, from npm; undefined is this one. */
  readonly nodes: readonly (string | undefined)[];
}

const INSTALL: Readonly<Record<Manager, readonly [string, ...string[]]>> = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"],
  pnpm: [...PNPM, "install", "--prefer-offline", "--ignore-scripts"],
};

/** Kinds of module that a program can be. */
const TYPES = ["commonjs", "module"] as const;

const COMPILER_OPTIONS = {
  module: "nodenext",
  target: "es2023",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  types: ["node"],
  // Declarations are part of what is checked.
  skipLibCheck: false,
};

/** A project that has all packages, in one folder for each kind of module. */
export function consumerSteps(consumer: Consumer): Step[] {
  const { manager, packages, scratch } = consumer;
  const folder = join(scratch, manager);
  const manifests = packages.map(manifestOf);
  const start = ([command = "", ...args]: readonly string[], cwd = folder) => succeed(command, args, { cwd });
  return [
    {
      title: `install with ${manager}`,
      run: async () => {
        mkdirSync(folder);
        writeProject(consumer, folder, manifests);
        await start(INSTALL[manager]);
        writeFileSync(join(folder, "dependencies.cjs"), dependencyCheck(manifests.map(({ name }) => name)));
      },
    },
    ...TYPES.map((type) => ({
      title: `${manager}: ${type} type-checks`,
      run: async () => {
        const own = join(folder, type);
        mkdirSync(own);
        writeFileSync(join(own, "package.json"), JSON.stringify({ type }));
        writeFileSync(join(own, "main.ts"), program(manifests));
        writeFileSync(join(own, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
        await start([join(root, "node_modules/.bin/tsc"), "-p", own]);
      },
    })),
    ...consumer.nodes.flatMap((version) => {
      const node = version === undefined ? [process.execPath] : ["npx", "-y", `node@${version}`];
      const place = [manager, ...(version === undefined ? [] : [`Node.js ${version}`])].join(", ");
      return [
        {
          title: `${place}: dependencies load in CommonJS, and run nothing at installation`,
          run: async () => (await start([...node, "dependencies.cjs"])).trim(),
        },
        ...TYPES.map((type) => ({
          title: `${place}: ${type} runs`,
          run: async () => (await start([...node, "main.js"], join(folder, type))).trim(),
        })),
      ];
    }),
    {
      title: `${manager}: commands`,
      run: async () => {
        const commands = manifests.flatMap(({ bin = {} }) => Object.keys(bin));
        for (const command of commands) await start([join(folder, "node_modules/.bin", command), "--help"]);
        return commands.join(", ");
      },
    },
  ];
}

function writeProject(
  { manager, packages, scratch }: Consumer,
  folder: string,
  manifests: readonly Manifest[],
): void {
  const packs = Object.fromEntries(
    packages.map((each) => [each.name, `file:../packs/${basename(packOf(each, scratch))}`]),
  );
  // Peers in the versions that the tests use.
  const peers = manifests.flatMap(({ peerDependencies = {}, devDependencies = {} }) =>
    Object.entries(peerDependencies).map(([name, range]) => [name, devDependencies[name] ?? range]),
  );
  const dependencies = { ...packs, ...Object.fromEntries(peers), "@types/node": "^24" };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "consumer", private: true, dependencies }),
  );
  if (manager === "npm") return;
  // In no registry yet, so that pnpm has to be told where packages find each other.
  const overrides = Object.entries(packs).map(([name, pack]) => `  "${name}": "${pack}"`);
  writeFileSync(
    join(folder, "pnpm-workspace.yaml"),
    `${["packages: []", "overrides:", ...overrides].join("\n")}\n`,
  );
}
