import { EXIT, type ExitCode, jsonText, UsageError, writeOutput } from "@auditgate/cli/parts";
import { harmless } from "@auditgate/core";
import Table from "cli-table3";
import { GONE_MS, type Present, type PresentRun, type PresentWorker } from "../agreed/presence.ts";
import { createClockwork } from "../schedules/clockwork.ts";
import {
  dueText,
  type Outcome,
  type Schedule,
  type Standing,
  standingOf,
  violationsText,
} from "../schedules/schedule.ts";
import { createScheduleBook } from "../schedules/schedule-book.ts";
import { type Estate, inEstate, type RedisCommandOptions } from "./shared-options.ts";

/** Options of `status`. */
export interface StatusOptions extends RedisCommandOptions {
  readonly schedule?: string;
  readonly format: "text" | "json";
}

/** How long a run is shown whose coordinator is gone [ms]. */
const RUNS_MS = 24 * 3_600_000;

interface Watched {
  readonly schedule: Schedule;
  readonly outcome: Outcome | undefined;
  readonly standing: Standing;
  readonly nextMs: number | undefined;
}

/** Shows which runs, workers and schedules are there; of one schedule, with its last verdict as exit code. */
export async function status(options: StatusOptions): Promise<ExitCode> {
  const { schedule: name, format } = options;
  const { runs, workers, schedules } = await inEstate(options, async (estate) => ({
    runs: await estate.presence.list("runs", RUNS_MS),
    workers: await estate.presence.list("workers", GONE_MS),
    schedules: (await watched(estate)).filter((each) => name === undefined || each.schedule.name === name),
  }));
  const [one] = schedules;
  if (name !== undefined && !one)
    throw new UsageError(`there is no schedule ${JSON.stringify(name)} of this AUDITGATE_FLEET_KEY`);
  if (format === "json") {
    const all = {
      runs: runs.map(({ id, facts, seenMs }) => ({ name: id, ...facts, attended: seenMs <= GONE_MS })),
      workers: workers.map(({ facts }) => facts),
      schedules: schedules.map(asJson),
    };
    writeOutput(jsonText(name === undefined ? all : all.schedules[0]), undefined);
  } else {
    const blocks = name === undefined ? [runTable(runs), workerTable(workers)] : [];
    const all = schedules.length > 0 ? [...blocks, scheduleTable(schedules)] : blocks;
    process.stdout.write(`${all.join("\n")}\n`);
  }
  return name === undefined || !one ? EXIT.passed : one.standing.exitCode;
}

async function watched({ link, keys, seal }: Estate): Promise<readonly Watched[]> {
  const book = createScheduleBook(link.redis, keys, seal);
  const clockwork = createClockwork(link.redis, keys);
  const now = Date.now();
  return await Promise.all(
    (await book.list()).map(async (schedule) => {
      const outcome = await book.outcome(schedule);
      const nextMs = await clockwork.nextMs(schedule);
      return { schedule, outcome, standing: standingOf(schedule, outcome, now), nextMs };
    }),
  );
}

function asJson({ schedule, outcome, standing, nextMs }: Watched): object {
  const { nextMs: _, ...last } = outcome ?? { nextMs: null };
  const next = nextMs === undefined ? null : new Date(nextMs).toISOString();
  return { ...schedule, next, last: outcome ? last : null, ...standing };
}

function runTable(runs: readonly Present<PresentRun>[]): string {
  return table(
    ["run", "judged at", "slices", "done", "policy", "version", "coordinator"],
    runs.map(({ id, facts, seenMs }) => [
      id,
      facts.at,
      facts.slices,
      facts.done,
      facts.policyDigest.slice(0, 16),
      facts.version,
      seenMs <= GONE_MS ? "there" : "gone: go on with run --resume",
    ]),
  );
}

function workerTable(workers: readonly Present<PresentWorker>[]): string {
  return table(
    ["worker", "judging", "judged", "policy", "version"],
    workers.map(({ facts }) => [
      facts.name,
      facts.judging,
      facts.judged,
      facts.policyDigest.slice(0, 16),
      facts.version,
    ]),
  );
}

function scheduleTable(schedules: readonly Watched[]): string {
  return table(
    ["schedule", "due", "policy", "last verdict", "run", "judged at", "next"],
    schedules.map(({ schedule, outcome, standing, nextMs }) => [
      schedule.name,
      dueText(schedule.due),
      schedule.policyDigest.slice(0, 16),
      verdictText(outcome, standing),
      outcome?.run ?? "",
      outcome?.at ?? "",
      nextMs === undefined ? "" : new Date(nextMs).toISOString(),
    ]),
  );
}

function verdictText(outcome: Outcome | undefined, { late }: Standing): string {
  if (!outcome) return "none yet";
  const { exitCode, violations, problem } = outcome;
  const said = problem ?? (violations === 0 ? "passed" : violationsText(violations));
  const text =
    problem === null && exitCode === EXIT.passed && violations > 0
      ? `passed, warns of ${violationsText(violations)}`
      : said;
  return late ? `late; before: ${text}` : text;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return `no ${head[0]} is there`;
  const drawn = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) drawn.push(row.map((cell) => harmless(String(cell))));
  return drawn.toString();
}
