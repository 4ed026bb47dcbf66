import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setGlobalProxyFromEnv } from "node:http";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

import { unzipSync } from "fflate";

import type { Release } from "./engine.ts";

const run = promisify(execFile);

/** The list of checksums is a few kB: a host that has not delivered it by then is out of reach. */
const ANSWER_MS = 8_000;
const STALL_MS = 60_000;

/** The archive is not the one its publisher announced. Never a reason to quietly try something else. */
export class ChecksumError extends Error {}

/**
 * Downloads the official release, verifies its SHA-256 and unpacks its programs into `bin`.
 *
 * @throws {ChecksumError} on a wrong checksum; {Error} when the host is out of reach or has no such file.
 */
export async function download(
  release: Release,
  programs: readonly string[],
  bin: string,
  report: (text: string) => void,
): Promise<void> {
  setGlobalProxyFromEnv();
  report(`asking ${new URL(release.folder).host}`);
  const list = await answer(`${release.folder}/${release.checksums}`, AbortSignal.timeout(ANSWER_MS));
  const expected = checksumIn(await list.text(), release.archive);
  const archive = join(bin, release.archive);
  mkdirSync(bin, { recursive: true });
  const actual = await save(release, archive, report);
  if (actual !== expected) {
    throw new ChecksumError(
      `${release.archive}: SHA-256 is ${actual}, ${release.folder} announces ${expected}`,
    );
  }
  report("unpacking");
  await unpack(archive, bin, programs);
  rmSync(archive);
}

/** The checksum of `file` in a list of lines `<hex>  <file>`. */
export function checksumIn(list: string, file: string): string {
  for (const line of list.split("\n")) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (name === file && sum !== undefined) return sum.toLowerCase();
  }
  throw new Error(`no release for this platform (${file})`);
}

async function save(release: Release, path: string, report: (text: string) => void): Promise<string> {
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  const response = await answer(`${release.folder}/${release.archive}`, stall.signal);
  const total = Number(response.headers.get("content-length") ?? 0);
  const hash = createHash("sha256");
  let received = 0;
  async function* watched(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), STALL_MS);
      hash.update(chunk);
      received += chunk.length;
      report(`downloaded ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ""}`);
      yield chunk;
    }
  }
  try {
    await pipeline(Readable.fromWeb(response.body ?? new ReadableStream()), watched, createWriteStream(path));
  } finally {
    clearTimeout(timer);
  }
  return hash.digest("hex");
}

async function answer(url: string, signal: AbortSignal): Promise<Response> {
  const { host } = new URL(url);
  const response = await fetch(url, { signal }).catch((error: Error) => {
    const cause = error.cause as NodeJS.ErrnoException | undefined;
    throw new Error(`${host} cannot be reached (${cause?.code ?? cause?.message ?? error.name})`);
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}

async function unpack(archive: string, bin: string, programs: readonly string[]): Promise<void> {
  if (archive.endsWith(".zip")) {
    const files = unzipSync(await readFile(archive), { filter: ({ name }) => programs.includes(name) });
    for (const [name, bytes] of Object.entries(files))
      writeFileSync(join(bin, basename(name)), bytes, { mode: 0o755 });
  } else {
    // The archive holds one folder, `pulumi/`, with the programs in it.
    await run("tar", ["-xzf", archive, "--strip-components=1", "-C", bin]);
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
