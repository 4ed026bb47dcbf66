import { execFile } from "node:child_process";
import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { engineSet } from "../../../scripts/engines/catalogue.ts";
import { packageFolder } from "./package.ts";
import type { Scratch } from "./stack.ts";

const run = promisify(execFile);

/** How a user's project is made up. */
export interface Consumer {
  readonly manager: keyof typeof INSTALL;
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

/** A project that has installed the packed packages; returns the program's folder. */
export async function install(at: Scratch, name: string, consumer: Consumer): Promise<string> {
  const root = join(at.folder, name);
  const { main, type, manager, library, sdk = SDK } = consumer;
  const folder = manager === "pnpm workspace" ? join(root, "app") : root;
  mkdirSync(folder, { recursive: true });
  const [core, provider] = globSync("*.tgz", {
    cwd: join(at.folder, "packs"),
    exclude: ["infra-lib*"],
  }).toSorted();
  const packed = (file: string | undefined) => `file:${join(at.folder, "packs", String(file))}`;
  const tarballs = { "@auditgate/core": packed(core), "@auditgate/pulumi-provider": packed(provider) };
  // The core is not in a registry yet, so a manager has to be told where its user finds it.
  const { "@auditgate/core": replaced } = tarballs;
  const manifest = {
    name: "consumer",
    private: true,
    type,
    main,
    dependencies: {
      ...(library === undefined ? tarballs : { "infra-lib": await libraryFor(root, consumer, tarballs) }),
      "@pulumi/pulumi": sdk,
      ...consumer.dependencies,
    },
    resolutions: { "@auditgate/core": replaced },
    ...(manager === "npm" && library !== undefined && { overrides: { "@auditgate/core": replaced } }),
  };
  // Strict: nothing is found but what a package depends on itself.
  const workspace = `packages: ["app", "infra-lib"]\nhoist: false\noverrides:\n  "@auditgate/core": "${replaced}"\n`;
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: consumer\nruntime: nodejs\n");
  if (manager.startsWith("pnpm")) writeFileSync(join(root, "pnpm-workspace.yaml"), workspace);
  const [, linker] = manager.split(" ");
  if (manager.startsWith("yarn ")) writeFileSync(join(root, ".yarnrc.yml"), await yarnSettings(root, linker));
  writeFileSync(join(folder, main), consumer.program);
  const [command, ...args] = INSTALL[manager];
  await run(command, args, { cwd: root, maxBuffer: 2 ** 26 });
  return folder;
}

/** Makes the library `infra-lib`: a member of the workspace, or packed as it would be published. */
async function libraryFor(
  root: string,
  { manager, library = "" }: Consumer,
  dependencies: object,
): Promise<string> {
  const folder = manager === "pnpm workspace" ? join(root, "infra-lib") : `${root}-lib`;
  mkdirSync(folder);
  const peerDependencies = { "@pulumi/pulumi": "*" };
  const facts = { name: "infra-lib", version: "1.0.0", type: "module", main: "index.js" };
  // A workspace's member needs what its peers are.
  const devDependencies = manager === "pnpm workspace" ? { "@pulumi/pulumi": SDK } : {};
  const manifest = { ...facts, dependencies, devDependencies, peerDependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "index.js"), library);
  if (manager === "pnpm workspace") return "workspace:*";
  await run("npm", ["pack", "--silent"], { cwd: folder });
  return `file:${join(folder, "infra-lib-1.0.0.tgz")}`;
}

// Newer yarn reads no .npmrc.
async function yarnSettings(root: string, linker: string | undefined): Promise<string> {
  const { stdout } = await run("npm", ["config", "get", "registry"], { cwd: root });
  const settings = [`nodeLinker: ${linker}`, `npmRegistryServer: "${stdout.trim()}"`];
  if (stdout.startsWith("http:"))
    settings.push(`unsafeHttpWhitelist: ["${new URL(stdout.trim()).hostname}"]`);
  return `${settings.join("\n")}\nenableImmutableInstalls: false\nenableTelemetry: false\nenableScripts: false\n`;
}

/** Of Pulumi's SDK, the oldest version that the package works with. */
export const OLDEST_SDK = "3.200.0";

const SDK = engineSet() === "oldest" ? OLDEST_SDK : "3.276.0";

const PNPM = ["npx", "-y", "pnpm@12", "install", "--prefer-offline", "--ignore-scripts"] as const;
const YARN = ["npx", "-y", "-p", "@yarnpkg/cli-dist@4.10.3", "yarn", "install"] as const;

const INSTALL = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"],
  pnpm: PNPM,
  "pnpm workspace": PNPM,
  yarn: ["npx", "-y", "yarn@1.22.22", "install", "--prefer-offline", "--ignore-scripts", "--non-interactive"],
  "yarn node-modules": YARN,
  "yarn pnpm": YARN,
} as const;
