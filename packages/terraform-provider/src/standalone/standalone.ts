import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NOTICES_FILE } from "../install/package-files.ts";
import { readFiles } from "../package.ts";
import { composeExecutable, executableName } from "./compose.ts";
import { fetchRuntime } from "./fetch-runtime.ts";
import { runtimeNotice } from "./notices.ts";
import { MUSL_RUNTIMES, type Runtime, RUNTIMES } from "./runtimes.ts";

/** Platforms that there are executables for. */
export const standalonePlatforms: readonly string[] = Object.keys(RUNTIMES);
/** Those of them with musl. */
export const muslPlatforms: readonly string[] = Object.keys(MUSL_RUNTIMES);

/** Options of {@link standaloneFiles}. */
export interface StandaloneOptions {
  /** For Linux with musl instead of glibc. */
  readonly musl?: boolean;
  readonly report?: (text: string) => void;
}

/**
 * The provider as one executable that needs no Node.js, for each platform: the files of its package by name.
 *
 * The runtimes are fetched with npm, some 50 MB each, by version and integrity; the executables are made here.
 *
 * @throws {Error} for a platform that there is no runtime for, or where one cannot be fetched.
 */
export async function standaloneFiles(
  platforms: readonly string[],
  { musl = false, report = () => undefined }: StandaloneOptions = {},
): Promise<ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>> {
  const files = readFiles();
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-standalone-"));
  const fetched = new Map<Runtime, Promise<string>>();
  const fetch = (runtime: Runtime) => {
    const known = fetched.get(runtime);
    if (known) return known;
    report(`fetching ${runtime.package}`);
    const program = fetchRuntime(runtime, join(scratch, `runtime-${fetched.size}`));
    fetched.set(runtime, program);
    return program;
  };
  try {
    const made = new Map<string, ReadonlyMap<string, Uint8Array>>();
    for (const platform of platforms) {
      const runtime = runtimeFor(platform, musl);
      const tools = { runtime, compiler: await fetch(ownRuntime()), program: await fetch(runtime) };
      report(`making the executable for ${platform}`);
      const executable = await composeExecutable(files, platform, tools, join(scratch, platform));
      const notices = runtimeNotice(runtime) + Buffer.from(files.get(NOTICES_FILE) ?? []).toString("utf8");
      made.set(
        platform,
        new Map<string, Uint8Array>([
          [executableName(platform), executable],
          [NOTICES_FILE, Buffer.from(notices)],
        ]),
      );
    }
    return made;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** This machine, as engines call it. */
export function ownPlatform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}_${process.arch === "x64" ? "amd64" : process.arch}`;
}

function runtimeFor(platform: string, musl: boolean): Runtime {
  const runtimes = musl ? MUSL_RUNTIMES : RUNTIMES;
  const runtime = runtimes[platform];
  if (runtime) return runtime;
  const names = Object.keys(runtimes).join(", ");
  throw new Error(`there is no executable ${musl ? "for musl " : ""}for ${platform}, only for ${names}`);
}

// Node.js says which glibc it runs on, and nothing on musl.
function ownRuntime(): Runtime {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return runtimeFor(ownPlatform(), process.platform === "linux" && !header?.glibcVersionRuntime);
}
