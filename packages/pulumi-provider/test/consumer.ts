import { execFile } from "node:child_process";
import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageFolder } from "./package.ts";
import type { Scratch } from "./stack.ts";

const run = promisify(execFile);

/** How a user's project is made up. */
export interface Consumer {
  readonly manager: "npm" | "pnpm" | "yarn";
  /** `type` of its package.json. */
  readonly type: "commonjs" | "module";
  /** Name of the program's file. */
  readonly main: string;
  readonly program: string;
  /** Packages it has beside this one and Pulumi's SDK. */
  readonly dependencies?: { readonly [name: string]: string };
  readonly env?: { readonly [name: string]: string };
  /** A library of components, `infra-lib`: it alone depends on this package then. */
  readonly library?: string;
  /** Version of Pulumi's SDK. */
  readonly sdk?: string;
}

/** Packs this package and the core, as they are published. */
export async function pack(at: Scratch): Promise<void> {
  for (const folder of [join(packageFolder, "../core"), packageFolder]) {
    await run("npx", ["-y", "pnpm@12", "pack", "--pack-destination", join(at.folder, "packs")], {
      cwd: folder,
    });
  }
}

/** A project that has installed the packed packages; returns its folder. */
export async function install(at: Scratch, name: string, consumer: Consumer): Promise<string> {
  const folder = join(at.folder, name);
  mkdirSync(folder);
  const [core, provider] = globSync("*.tgz", { cwd: join(at.folder, "packs") }).toSorted();
  const { main, type, manager, sdk = SDK } = consumer;
  const tarballs = {
    "@auditgate/core": `file:../packs/${core}`,
    "@auditgate/pulumi-provider": `file:../packs/${provider}`,
  };
  if (consumer.library !== undefined) writeLibrary(`${folder}-lib`, consumer.library, tarballs);
  const direct = consumer.library === undefined ? tarballs : { "infra-lib": `file:../${name}-lib` };
  const manifest = {
    name: "consumer",
    private: true,
    type,
    main,
    dependencies: { ...direct, "@pulumi/pulumi": sdk, ...consumer.dependencies },
    // The core is not in a registry yet, so yarn has to be told where its user finds it.
    resolutions: { "@auditgate/core": tarballs["@auditgate/core"] },
  };
  // Strict: nothing is found but what a package depends on itself.
  const workspace = [
    "packages: []",
    "hoist: false",
    "overrides:",
    `  "@auditgate/core": "${tarballs["@auditgate/core"]}"`,
  ];
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: consumer\nruntime: nodejs\n");
  if (manager === "pnpm") writeFileSync(join(folder, "pnpm-workspace.yaml"), `${workspace.join("\n")}\n`);
  writeFileSync(join(folder, main), consumer.program);
  const [command, ...args] = INSTALL[manager];
  await run(command, args, { cwd: folder, maxBuffer: 2 ** 26 });
  return folder;
}

function writeLibrary(folder: string, source: string, dependencies: object): void {
  mkdirSync(folder);
  const peerDependencies = { "@pulumi/pulumi": "*" };
  const facts = { name: "infra-lib", version: "1.0.0", type: "module", main: "index.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...facts, dependencies, peerDependencies }));
  writeFileSync(join(folder, "index.js"), source);
}

const SDK = "3.270.0";

const INSTALL = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"],
  pnpm: ["npx", "-y", "pnpm@12", "install", "--prefer-offline", "--ignore-scripts"],
  yarn: ["npx", "-y", "yarn@1.22.22", "install", "--prefer-offline", "--ignore-scripts", "--non-interactive"],
} as const;
