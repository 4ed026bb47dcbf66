import type { FleetVerdict } from "@auditgate/core";
import { collect, type Collecting } from "./collect.ts";
import { createCompany } from "./company.ts";
import { createQuestions } from "./questions.ts";
import type { RunFile } from "./run-file.ts";

/** How a run is coordinated. */
export interface Coordinating extends Omit<Collecting, "company" | "questions" | "onDone"> {
  /** Slices of one target at once, by all workers together. */
  readonly concurrency: number;
  /** Told how many readings of a target are judged, of how many. */
  onProgress?(target: string | null, judged: number, subjects: number): void;
}

/**
 * Has every slice of a run judged by whoever is there, and leaves nothing of it in Redis but its results.
 *
 * @throws {AuditError} As {@link collect}.
 */
export async function coordinate(file: RunFile, options: Coordinating): Promise<FleetVerdict> {
  const { redis, keys, seal, presence, concurrency, onProgress } = options;
  const judged = new Map<string | null, number>();
  const subjects = new Map<string | null, number>();
  for (const { listed } of file.plan.targets) {
    subjects.set(listed.name, listed.subjects);
    judged.set(listed.name, listed.readings.length);
    onProgress?.(listed.name, 0, listed.subjects);
  }
  const questions = createQuestions(redis, keys, seal, concurrency);
  try {
    const verdict = await collect(file, {
      ...options,
      company: createCompany(presence, file, options.say),
      questions,
      onDone({ slice }) {
        const { target } = slice;
        const done = (judged.get(target) ?? 0) + slice.subjects.length;
        judged.set(target, done);
        onProgress?.(target, done, subjects.get(target) ?? 0);
      },
    });
    await presence.leave("runs", file.run);
    return verdict;
  } finally {
    await questions.close();
  }
}
