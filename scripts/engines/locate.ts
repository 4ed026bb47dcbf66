/**
 * Where the engines are, for scripts and for test suites. `scripts/engines.ts` puts them there.
 *
 * Read from ES modules and from jest's CommonJS: no `import.meta`, no `require`, no top-level await.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { engineNamed, engineSet } from "./catalogue.ts";
import type { Engine, EngineName } from "./engine.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Absolute paths. Each is looked up when read, so that a program needing one engine does without the others. */
export interface Engines {
  readonly terraform: string;
  readonly tofu: string;
  readonly pulumi: string;
  readonly "redis-server": string;
  /** `PulumiCommand.get({ root })` takes it; `<root>/bin` also holds Node's language host and dynamic provider. */
  readonly pulumiRoot: string;
  /** What Pulumi needs for programs in other languages than Node's. */
  readonly languages: Languages;
}

export interface Languages {
  /** Folder of the language hosts of YAML and Python, and of `pulumi-python-sdk`. */
  readonly bin: string;
  /** The bridge to Terraform providers, for `pulumi plugin install --file`. */
  readonly bridge: { readonly file: string; readonly version: string };
  /** Of an environment with Pulumi's SDK for Python. */
  readonly python: string;
}

/** What is kept about an engine once it is in place. */
export interface Found {
  readonly path: string;
  readonly version: string;
  readonly from: "PATH" | "cache" | "official download" | "Python package" | "Go module";
  /** Identity of the program that PATH offered then, empty for none: when it changes, PATH is asked again. */
  readonly offered: string;
}

/** The folder named by `AUDITGATE_ENGINES`, else `auditgate/engines` in the user's cache. */
export function cacheFolder(env: Env = process.env): string {
  const named = env["AUDITGATE_ENGINES"];
  if (named) return resolve(named);
  const cache = env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache");
  return resolve(cache, "auditgate", "engines");
}

/** The engine's own folder; its programs lie in `bin`. */
export function engineFolder(engine: Engine, cache: string): string {
  return join(cache, `${engine.name}-${engine.version}`);
}

export function readFound(engine: Engine, cache: string): Found | undefined {
  const file = recordFile(engine, cache);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Found) : undefined;
}

export function writeFound(engine: Engine, cache: string, found: Found): void {
  const file = recordFile(engine, cache);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(found, null, 2)}\n`);
  renameSync(draft, file);
}

/**
 * The engines that `pnpm engines` found or put in place.
 *
 * @throws {Error} when a path is read whose engine is not there, saying what to run.
 */
export function engines(env: Env = process.env): Engines {
  const cache = cacheFolder(env);
  return {
    get terraform() {
      return enginePath("terraform", cache);
    },
    get tofu() {
      return enginePath("tofu", cache);
    },
    get pulumi() {
      return enginePath("pulumi", cache);
    },
    get "redis-server"() {
      return enginePath("redis-server", cache);
    },
    get pulumiRoot() {
      return dirname(dirname(enginePath("pulumi", cache)));
    },
    get languages() {
      const bin = dirname(enginePath("languages", cache));
      return {
        bin,
        bridge: {
          file: join(bin, "../plugin/pulumi-resource-terraform-provider"),
          version: engineNamed("languages").version,
        },
        python: join(bin, "../python/bin/python3"),
      };
    },
  };
}

function enginePath(name: EngineName, cache: string): string {
  const engine = engineNamed(name);
  const found = readFound(engine, cache);
  if (found === undefined || !existsSync(found.path)) {
    throw new Error(
      `${engine.title} is not in place: run \`npx pnpm@12 engines ${name}\` first (looked in ${cache})`,
    );
  }
  return found.path;
}

// Of a set's own: what PATH offers may do for one set and not for another.
function recordFile(engine: Engine, cache: string): string {
  const set = engineSet();
  return `${engineFolder(engine, cache)}${set === undefined ? "" : `.${set}`}.json`;
}
