import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { type Package, root } from "../build/packages.ts";
import type { Report, Step } from "../progress.ts";
import { PNPM, succeed } from "./command.ts";
import { type Manifest, manifestOf, packOf } from "./pack.ts";
import { dependencyCheck, program } from "./programs.ts";

export type Manager = "npm" | "pnpm";

export interface Consumer {
  readonly manager: Manager;
  readonly packages: readonly Package[];
  readonly scratch: string;
  /** Version of Node.js to run on; this one if absent. */
  readonly node: string | undefined;
}

const INSTALL: Readonly<Record<Manager, readonly [string, ...string[]]>> = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"],
  pnpm: [...PNPM, "install", "--prefer-offline", "--ignore-scripts"],
};

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
  const node = consumer.node === undefined ? [process.execPath] : ["npx", "-y", `node@${consumer.node}`];
  const start = ([command = "", ...args]: readonly string[], cwd = folder) => succeed(command, args, { cwd });
  return [
    {
      title: `install with ${manager}`,
      run: async () => {
        mkdirSync(folder);
        writeProject(consumer, folder, manifests);
        await start(INSTALL[manager]);
      },
    },
    {
      title: `${manager}: dependencies load in CommonJS, and run nothing at installation`,
      run: async () => {
        writeFileSync(join(folder, "dependencies.cjs"), dependencyCheck(manifests.map(({ name }) => name)));
        return (await start([...node, "dependencies.cjs"])).trim();
      },
    },
    ...(["commonjs", "module"] as const).map((type) => ({
      title: `${manager}: ${type === "module" ? "ES modules" : "CommonJS"}`,
      run: async (report: Report) => {
        const own = join(folder, type);
        mkdirSync(own);
        writeFileSync(join(own, "package.json"), JSON.stringify({ type }));
        writeFileSync(join(own, "main.ts"), program(manifests));
        writeFileSync(join(own, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
        report("types");
        await start([join(root, "node_modules/.bin/tsc"), "-p", own]);
        report("run");
        return (await start([...node, "main.js"], own)).trim();
      },
    })),
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
