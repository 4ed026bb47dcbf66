import { join } from "node:path";

import { sample } from "@auditgate/emulator";

import { tryPeer } from "./peers.ts";
import type { Scratch } from "./program.ts";
import type { Server } from "./serving.ts";
import type { Window } from "./targets.ts";

/** A program built on one of the official clients; it takes its task from `BENCH_TASK`. */
export interface Reader {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What its task has beside {@link readerTask}. */
  readonly more: object;
}

/** Whom a reader asks, for what. */
export function readerTask(server: Server, url: string, windows: readonly Window[]) {
  return {
    url,
    accessKey: server.env["AUDITGATE_ACCESS_KEY"],
    secretKey: server.env["AUDITGATE_SECRET_KEY"],
    project: sample.project.id,
    cluster: sample.clusters.busy,
    instance: sample.instances.healthy,
    windows,
    rounds: 1,
  };
}

/**
 * Readers of the official clients that can be had.
 *
 * @param programs - Folder with the programs of `programs/`.
 * @param missing - Told which cannot be had, and why.
 */
export async function officialReaders(
  programs: Scratch,
  setting: { report(text: string): void },
  missing: string[],
): Promise<readonly Reader[]> {
  const python = await tryPeer("python", setting, missing);
  const go = await tryPeer("goReader", setting, missing);
  const modules = await tryPeer("officialNode", setting, missing);
  const script = join(import.meta.dirname, "peers", "python", "reader.py");
  const readers: Reader[] = [];
  if (python) readers.push({ name: "official Python SDK", program: python, args: [script], more: {} });
  if (go) readers.push({ name: "official Go SDK", program: go, args: [], more: {} });
  if (modules) {
    const args = [join(programs.folder, "read-official.cjs")];
    readers.push({ name: "official Node core", program: process.execPath, args, more: { modules } });
  }
  return readers;
}
