import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError, writeOutput } from "@auditgate/cli/parts";
import type { FleetPlan } from "@auditgate/core";
import { runFolder } from "../agreed/folder.ts";
import type { Seal } from "../agreed/seal.ts";
import type { SliceJob } from "../agreed/slice-job.ts";

/** All that a coordinator has to know to go on where another one was. */
export interface RunFile extends Pick<SliceJob, "run" | "version" | "keepMs"> {
  readonly plan: FleetPlan;
}

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/** Name of a new run: names of later instants come later. */
export function newRunId(at: string): string {
  return `${at.replace(/\.\d+/, "").replaceAll(/[-:]/g, "")}-${randomBytes(4).toString("hex")}`;
}

/**
 * Keeps a run, before anything is asked.
 *
 * @throws {UsageError} Where the folder cannot be written.
 */
export function writeRun(folder: string, file: RunFile, seal: Seal): void {
  const own = runFolder(folder, file.run);
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UsageError(`${own} cannot be made: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
  writeOutput(`${seal.close(purposeOf(file.run), JSON.stringify(file))}\n`, pathOf(folder, file.run));
}

/**
 * A run that was kept.
 *
 * @throws {UsageError} Where there is none of that name, or it was written with another key.
 */
export function readRun(folder: string, run: string, seal: Seal): RunFile {
  if (!RUN_ID.test(run))
    throw new UsageError("--resume takes the name of a run, such as 20261231T120000Z-0123abcd");
  const path = pathOf(folder, run);
  let sealed: string;
  try {
    sealed = readFileSync(path, "utf8").trimEnd();
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
  const text = seal.open(purposeOf(run), sealed);
  if (text === undefined) throw new UsageError(`${path} was not written with this AUDITGATE_FLEET_KEY`);
  // Of this key, so of this program.
  return JSON.parse(text) as RunFile;
}

function pathOf(folder: string, run: string): string {
  return join(runFolder(folder, run), "run.sealed");
}

function purposeOf(run: string): string {
  return `run ${run}`;
}
