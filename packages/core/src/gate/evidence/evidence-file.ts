import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { canonicalLines, textOf } from "../../reading/digest.ts";
import { AuditError } from "../../errors.ts";
import type { EvidenceReading, ReadingLine, VerdictLine } from "./evidence.ts";

/** An evidence file under way. It has its name only once it is whole. */
export interface EvidenceFile {
  /** Adds a reading, in the order of the policy. */
  add(reading: EvidenceReading, records: readonly object[]): Promise<void>;
  /** Ends the file. */
  finish(verdict: Omit<VerdictLine, "evidence" | "version">): Promise<void>;
  /** Removes what was written, if it was not finished. */
  discard(): Promise<void>;
}

/**
 * Begins an evidence file: JSON Lines, of each reading its head and its canonical records, at last the verdict.
 * Only the user who runs this can read it.
 *
 * @throws {AuditError} `ERR_ARGUMENT` where it cannot be written.
 */
export async function openEvidenceFile(path: string): Promise<EvidenceFile> {
  const partial = `${path}.${process.pid}.partial`;
  const writing = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AuditError("ERR_ARGUMENT", `The evidence file ${path} cannot be written: ${reason}.`, {
        argument: "evidenceFile",
        cause,
      });
    }
  };
  let file: FileHandle | undefined = await writing(() => open(partial, "w", 0o600));
  const write = (lines: Iterable<string>) => writing(async () => file?.writeFile(textOf(lines)));
  return {
    async add(reading, records) {
      const head: ReadingLine = { evidence: "reading", ...reading };
      await write([JSON.stringify(head), ...canonicalLines(records)]);
    },
    async finish(verdict) {
      const line: VerdictLine = { evidence: "verdict", version: 1, ...verdict };
      await write([JSON.stringify(line)]);
      await writing(async () => {
        await file?.close();
        file = undefined;
        await rename(partial, path);
      });
    },
    async discard() {
      if (!file) return;
      await file.close();
      file = undefined;
      await rm(partial, { force: true });
    },
  };
}
