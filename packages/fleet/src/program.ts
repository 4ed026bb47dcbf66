import { VERDICT_FORMATS } from "@auditgate/cli/parts";
import { tryParseDuration } from "@auditgate/core";
import { Command, InvalidArgumentError, Option } from "commander";
import type { RunOptions } from "./commands/run.ts";
import type { ScheduleOptions } from "./commands/schedule.ts";
import type { StatusOptions } from "./commands/status.ts";
import type { WorkOptions } from "./commands/work.ts";
import { VERSION } from "./agreed/version.ts";

/** The command line. What a command does is loaded when it is asked for. */
export function createProgram(): Command {
  const program = new Command("auditgate-fleet")
    .description(
      "Judges the audit trails of many accounts by one policy file, on any number of machines, over Redis.",
    )
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(auditgate-fleet --help lists the commands)")
    .addHelpText("after", ENVIRONMENT);

  const run = program
    .command("run")
    .description("list what a policy judges, have it judged by workers, and write the verdict")
    .argument("<policy>", "policy file, YAML or JSON")
    .requiredOption("--folder <dir>", "folder that coordinator and workers share, for verdicts and evidence")
    .option("--resume <run>", "go on with a run whose coordinator has ended")
    .option("--at <instant>", "judge windows and ages at this instant, RFC 3339; now if absent")
    .option("--target <name...>", "only these targets of the policy")
    .addOption(
      new Option("-f, --format <format>", "form of the verdict")
        .choices([...VERDICT_FORMATS])
        .default("text"),
    )
    .option("-o, --output <file>", "write there instead of to the standard output")
    .option("-q, --quiet", "no progress");
  ofRedis(ofRuns(run)).action(async (policy: string, options: RunOptions) => {
    process.exitCode = await (await import("./commands/run.ts")).run(policy, options);
  });

  const work = program
    .command("work")
    .description("judge slices, and coordinate what is scheduled, until stopped")
    .argument("<policy>", "the same policy file; settings of its targets may be others")
    .requiredOption("--folder <dir>", "folder that coordinator and workers share, for verdicts and evidence")
    .option("--name <name>", "what this worker is called; host and process if absent")
    .addOption(count("--slots <n>", "slices at once", 4))
    .addOption(span("--lock <duration>", "how long a slice belongs to a worker that says nothing", "30s"))
    .addOption(span("--stalled-every <duration>", "how often it is looked who says nothing", "30s"))
    .addOption(
      count(
        "--stalled-count <n>",
        "how often a slice may change hands before it is dropped, and asked for again",
        3,
      ),
    );
  ofRedis(work).action(async (policy: string, options: WorkOptions) => {
    process.exitCode = await (await import("./commands/work.ts")).work(policy, options);
  });

  const schedule = program
    .command("schedule")
    .description("have a policy judged by the workers that are there, whenever it is due")
    .argument("<policy>", "policy file, YAML or JSON")
    .option("--name <name>", "what the schedule is called; the policy's file name if absent")
    .addOption(span("--every <duration>", "due now, and from then on every so often"))
    .option("--cron <pattern>", 'due by a pattern of cron, such as "0 6 * * 1-5"')
    .option("--time-zone <zone>", "time zone of --cron", "UTC")
    .option("--remove", "not any more", false)
    .option("--target <name...>", "only these targets of the policy")
    .addOption(
      span(
        "--late <duration>",
        "how long after its time a verdict may come, before status says that it is late",
        "1h",
      ),
    );
  ofRedis(ofRuns(schedule)).action(async (policy: string, options: ScheduleOptions) => {
    process.exitCode = await (await import("./commands/schedule.ts")).schedule(policy, options);
  });

  const status = program
    .command("status")
    .description("show which runs, workers and schedules are there")
    .option(
      "--schedule <name>",
      "only this one, with the exit code of its last verdict, or 3 where that is late",
    )
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"));
  ofRedis(status).action(async (options: StatusOptions) => {
    process.exitCode = await (await import("./commands/status.ts")).status(options);
  });

  return program;
}

const ENVIRONMENT = `
Environment:
  AUDITGATE_FLEET_KEY             secret that coordinator and workers share, 32 characters or more
  AUDITGATE_FLEET_REDIS           what --redis is, where it is absent
  AUDITGATE_FLEET_REDIS_PASSWORD  password of Redis, where the URL has none

Exit codes:
  0    passed, also where a policy only warns
  1    the gate is closed
  2    the command line or the policy is not right
  3    could not be judged, or Redis was away for too long
  70   a mistake of this program
  130  stopped`;

function ofRuns(command: Command): Command {
  return command
    .addOption(count("--slice <n>", "audit trails of a slice", 100))
    .addOption(count("--concurrency <n>", "slices of one target at once, by all workers together", 2))
    .addOption(count("--tries <n>", "how often a slice is asked for", 10))
    .addOption(span("--patience <duration>", "how long nobody may be there who can judge", "10m"))
    .addOption(span("--keep <duration>", "how long results stay in Redis", "24h"));
}

function ofRedis(command: Command): Command {
  return command
    .option("--redis <url>", "redis://host:port, or rediss:// for TLS")
    .option("--redis-ca <file>", "certificate authority of Redis, beside those of Node.js and the system")
    .addOption(span("--redis-wait <duration>", "how long Redis may be away", "60s"))
    .option("--prefix <name>", "what all keys in Redis begin with", "auditgate");
}

function count(flags: string, description: string, value: number): Option {
  return new Option(flags, description).default(value).argParser((text) => {
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
    throw new InvalidArgumentError("Expected a whole number above 0.");
  });
}

function span(flags: string, description: string, value?: string): Option {
  const option = new Option(flags, description);
  if (value !== undefined) option.default(tryParseDuration(value), value);
  return option.argParser((text) => {
    const ms = tryParseDuration(text);
    if (ms !== undefined) return ms;
    throw new InvalidArgumentError("Expected a whole number and a unit (s, m, h, d, w), such as 30s.");
  });
}
