import { randomBytes } from "node:crypto";
import { type FileHandle, link, lstat, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { canonicalLines, textOf } from "../../reading/digest.ts";
import { AuditError } from "../../errors.ts";
import type { TimedCheck } from "../checks/program-check.ts";
import { checkLine, type EvidenceReading, headLine, type VerdictLine } from "./evidence.ts";

/** An evidence file under way. It has its name only once it is whole. */
export interface EvidenceFile {
  /** Adds a reading, in the order of the policy. */
  add(reading: EvidenceReading, records: readonly object[]): Promise<void>;
  /** Adds what a check of the program's own has said, after all readings. */
  addCheck(check: TimedCheck): Promise<void>;
  /** Ends the file. */
  finish(verdict: VerdictLine): Promise<void>;
  /** Removes what was written, if it was not finished. */
  discard(): Promise<void>;
}

/**
 * Begins an evidence file: JSON Lines, of each reading its head and its canonical records, what checks have said, at last the verdict.
 * Only the user who runs this can read it. It is written beside its place, under a name that nobody can foresee, and
 * put there whole.
 *
 * @param replace - Whether a file that is there already may be replaced.
 * @throws {AuditError} `ERR_ARGUMENT` where it cannot be written, or there is one that may not be replaced.
 */
export async function openEvidenceFile(path: string, replace: boolean): Promise<EvidenceFile> {
  const partial = `${path}.${randomBytes(12).toString("hex")}.partial`;
  const writing = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      throw unwritable(path, cause);
    }
  };
  // Before anything is read, which may take minutes; at the end it is made sure of.
  const standing = await lstat(path).catch(() => undefined);
  if (standing && !replace) throw alreadyThere(path);
  // A device or a pipe is not to be replaced, even by whoever may.
  if (standing && !standing.isFile() && !standing.isSymbolicLink()) throw unwritable(path, "it is no file");
  // Exclusively: neither a file nor a link of someone else's is written into.
  let file: FileHandle | undefined = await writing(() => open(partial, "wx", 0o600));
  let left = true;
  const write = (lines: Iterable<string>) => writing(async () => file?.writeFile(textOf(lines)));
  const close = async () => {
    const open = file;
    file = undefined;
    await open?.close();
  };
  return {
    async add(reading, records) {
      await write([headLine(reading), ...canonicalLines(records)]);
    },
    async addCheck(check) {
      await write([checkLine(check)]);
    },
    async finish(verdict) {
      await write([JSON.stringify(verdict)]);
      await writing(async () => {
        await file?.sync();
        await close();
        if (replace) {
          await rename(partial, path);
          left = false;
        } else await place(partial, path);
        await syncFolder(dirname(path));
      });
    },
    async discard() {
      await close().catch(() => undefined);
      if (left) await rm(partial, { force: true });
    },
  };
}

/** Gives a file its name, unless there is one of that name. */
async function place(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw error;
    // Where files cannot have two names, the place is taken by an empty one first.
    await (await open(path, "wx", 0o600)).close();
    await rename(partial, path);
  }
}

/** So that the name survives a power failure too; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder);
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is safe.
  }
}

function unwritable(path: string, cause: unknown): AuditError {
  if (codeOf(cause) === "EEXIST") return alreadyThere(path);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AuditError("ERR_ARGUMENT", `The evidence file ${path} cannot be written: ${reason}.`, {
    argument: "evidenceFile",
    cause,
  });
}

// Errors of Node's own may come from another realm, so `instanceof` does not tell them.
function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function alreadyThere(path: string): AuditError {
  const message = `The evidence file ${path} is there already: name another one, or set replaceEvidence to replace it.`;
  return new AuditError("ERR_ARGUMENT", message, { argument: "evidenceFile" });
}
