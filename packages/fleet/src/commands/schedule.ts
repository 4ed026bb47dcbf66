import { basename, extname } from "node:path";
import { EXIT, type ExitCode, readPolicy, UsageError } from "@auditgate/cli/parts";
import { digestOfRules } from "../agreed/policy-digest.ts";
import { GONE_MS } from "../agreed/presence.ts";
import { createClockwork, cronProblem } from "../schedules/clockwork.ts";
import { type Due, dueText, type Schedule } from "../schedules/schedule.ts";
import { createScheduleBook } from "../schedules/schedule-book.ts";
import { type Estate, inEstate, type RedisCommandOptions, sayAloud } from "./shared-options.ts";

/** Options of `schedule`. */
export interface ScheduleOptions extends RedisCommandOptions {
  readonly name?: string;
  /** [ms] */
  readonly every?: number;
  readonly cron?: string;
  readonly timeZone: string;
  readonly remove?: boolean;
  readonly target?: readonly string[];
  readonly slice: number;
  readonly concurrency: number;
  readonly tries: number;
  readonly patience: number;
  readonly keep: number;
  readonly late: number;
}

/** Has a policy judged by workers whenever it is due, or no more. */
export async function schedule(path: string, options: ScheduleOptions): Promise<ExitCode> {
  const name = options.name ?? basename(path, extname(path));
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new UsageError(
      `a schedule cannot be called ${JSON.stringify(name)}: give --name with letters, digits, _ and -, at most 64`,
    );
  }
  const wanted = options.remove ? undefined : await wantedOf(path, name, options);
  if (options.remove && (options.every !== undefined || options.cron !== undefined))
    throw new UsageError("--remove goes without --every and --cron");
  await inEstate(options, async (estate) => {
    const { link, keys, seal } = estate;
    await link.redis.ping();
    const book = createScheduleBook(link.redis, keys, seal);
    const clockwork = createClockwork(link.redis, keys);
    const known = await book.find(name);
    if (!wanted && !known) throw new UsageError(`there is no schedule ${name}: status lists all`);
    if (known && known.policyDigest !== wanted?.policyDigest) await clockwork.stop(known);
    if (!wanted) {
      await book.remove(name);
      sayAloud(`schedule ${name} is removed`);
      return;
    }
    // Before anything is due: what is of no schedule is dropped.
    await book.write(wanted);
    await clockwork.wind(wanted);
    const next = await clockwork.nextMs(wanted);
    const outcome = await book.outcome(wanted);
    // From now on the next verdict is missed at another time.
    if (outcome && next !== undefined) await book.conclude(wanted, { ...outcome, nextMs: next });
    sayAloud(
      `schedule ${name}: ${dueText(wanted.due)}, next at ${next === undefined ? "once" : new Date(next).toISOString()}`,
    );
    await warnOfNobody(wanted, estate);
  });
  return EXIT.passed;
}

async function wantedOf(path: string, name: string, options: ScheduleOptions): Promise<Schedule> {
  const { every, cron, target, slice, concurrency, tries } = options;
  const due = dueOf(every, cron, options.timeZone);
  const { policy } = await readPolicy(path);
  const { targets } = policy;
  const stranger = target?.find((each) => !targets?.some((known) => known.name === each));
  if (stranger !== undefined)
    throw new UsageError(
      `--target ${stranger} is none of the policy, which has ${(targets ?? []).map((each) => each.name).join(", ") || "none"}`,
    );
  return {
    name,
    policyDigest: digestOfRules(policy),
    due,
    ...(target && { targets: target }),
    slice,
    concurrency,
    tries,
    patienceMs: options.patience,
    keepMs: options.keep,
    lateMs: options.late,
  };
}

function dueOf(every: number | undefined, cron: string | undefined, timeZone: string): Due {
  if ((every === undefined) === (cron === undefined)) {
    throw new UsageError('give --every such as 1h, or --cron such as "0 6 * * *"');
  }
  if (cron === undefined) return { everyMs: every ?? 0 };
  const problem = cronProblem(cron, timeZone);
  if (problem !== undefined)
    throw new UsageError(`--cron ${JSON.stringify(cron)} in ${timeZone} is no time: ${problem}`);
  return { cron, timeZone };
}

async function warnOfNobody({ policyDigest }: Schedule, { presence }: Estate): Promise<void> {
  const workers = await presence.list("workers", GONE_MS);
  if (workers.some(({ facts }) => facts.policyDigest === policyDigest)) return;
  sayAloud("warning: no worker of this policy is there: start auditgate-fleet work with it");
}
