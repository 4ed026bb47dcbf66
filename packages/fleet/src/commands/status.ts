import { EXIT, type ExitCode, jsonText, writeOutput } from "@auditgate/cli/parts";
import { harmless } from "@auditgate/core";
import Table from "cli-table3";
import { GONE_MS } from "../agreed/presence.ts";
import { inEstate, type RedisCommandOptions } from "./shared-options.ts";

/** Options of `status`. */
export interface StatusOptions extends RedisCommandOptions {
  readonly format: "text" | "json";
}

/** How long a run is shown whose coordinator is gone [ms]. */
const RUNS_MS = 24 * 3_600_000;

/** Shows which runs and workers are there. */
export async function status(options: StatusOptions): Promise<ExitCode> {
  const { runs, workers } = await inEstate(options, async ({ presence }) => {
    const [those, others] = await Promise.all([
      presence.list("runs", RUNS_MS),
      presence.list("workers", GONE_MS),
    ]);
    return { runs: those, workers: others };
  });
  if (options.format === "json") {
    const withState = runs.map(({ id, facts, seenMs }) => ({
      name: id,
      ...facts,
      attended: seenMs <= GONE_MS,
    }));
    const there = workers.map(({ facts }) => facts);
    writeOutput(jsonText({ runs: withState, workers: there }), undefined);
    return EXIT.passed;
  }
  const blocks = [
    table(
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
    ),
    table(
      ["worker", "judging", "judged", "policy", "version"],
      workers.map(({ facts }) => [
        facts.name,
        facts.judging,
        facts.judged,
        facts.policyDigest.slice(0, 16),
        facts.version,
      ]),
    ),
  ];
  process.stdout.write(`${blocks.join("\n")}\n`);
  return EXIT.passed;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return `no ${head[0]} is there`;
  const drawn = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) drawn.push(row.map((cell) => harmless(String(cell))));
  return drawn.toString();
}
