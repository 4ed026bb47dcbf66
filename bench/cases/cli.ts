import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { interleave, type Subject } from "../measure.ts";
import { plainEnvironment, programsFolder, run, time } from "../program.ts";
import { type Case, type Ratio, ratioOf, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";
import { clusterId } from "../server-data.ts";

const BARE = "node -e 0";
const HELP = "auditgate --help";
const CHECK = "auditgate check, one cluster";
const SCRIPT = "a script with core, one cluster";
/** Memory is compared with a heap whose young generation does not grow with the time that a program takes. */
const HEAP = "--max-semi-space-size=4";

/** What the command line costs beside what it is made of. */
export const cliCase: Case = {
  name: "cli",
  about: 'the command line: its help, a check of one cluster beside a script, memory behind "*"',
  runs: 15,
  async run(setting) {
    const { smoke } = setting;
    const [few, many] = smoke ? [2, 4] : [1_000, 10_000];
    const programs = programsFolder();
    const newest = new Date().toISOString();
    const [small, large] = await Promise.all(
      [few, many].map((clusters) => startServer({ clusters, newest })),
    );
    if (!small || !large) throw new Error("no server");
    try {
      const main = join(programs.folder, "node_modules/@auditgate/cli/dist/main.cjs");
      const policyOf = (name: string, ids: string) => {
        const path = join(programs.folder, name);
        writeFileSync(
          path,
          `version: 1\ndwsAuditDumpRecords:\n  - { clusterIds: [${ids}], within: 1d, maxAge: 3h, maxFailures: 0 }\n`,
        );
        return path;
      };
      const one = policyOf("one.yaml", JSON.stringify(clusterId(0)));
      // The sample's own clusters are not all in order.
      const every = policyOf("every.yaml", '"*"');
      const env = plainEnvironment({ ...small.env, CLUSTER: clusterId(0) });
      const timed = (...args: readonly string[]) => ({
        run: async () => ({ ms: await time(process.execPath, args, { env }) }),
      });
      const starts: readonly Subject[] = [
        { name: BARE, ...timed("-e", "0") },
        { name: HELP, ...timed(main, "--help") },
        { name: SCRIPT, ...timed(join(programs.folder, "check-core.cjs")) },
        { name: CHECK, ...timed(main, "check", one, "--quiet") },
      ];
      const measured = await interleave(starts, setting);
      const memory = await interleave(
        [small, large].map((server, index): Subject => ({
          name: `check of ${[few, many][index]} clusters behind "*"`,
          runs: smoke ? 1 : 3,
          run: () => peakOf(main, every, programs.folder, plainEnvironment(server.env)),
        })),
        { ...setting, runs: smoke ? 1 : 3 },
      );
      return {
        title: "Command line",
        ratios: [
          ...atMost(measured, [HELP, BARE], "ms", 1.5, "time of `auditgate --help` / of `node -e 0`"),
          ...atMost(
            measured,
            [CHECK, SCRIPT],
            "ms",
            1.3,
            "time of `auditgate check` of one cluster / of a script with core",
          ),
          ...atMost(
            memory,
            [memory[1]?.name ?? "", memory[0]?.name ?? ""],
            "rssMb",
            1.2,
            `memory of a check of ${many} clusters behind "*" / of ${few}`,
          ),
        ],
        rows: [
          ...rowsOf(measured, "ms", "time", "ms"),
          ...rowsOf(memory, "rssMb", `peak resident memory, ${HEAP}`, "MB"),
        ],
        charts: [],
        notes: [
          "Both checks read the same list and dumps from a server that answers at once, and print their verdict.",
        ],
      };
    } finally {
      await Promise.all([small.close(), large.close()]);
      programs.remove();
    }
  },
};

function atMost(
  measured: Parameters<typeof ratioOf>[0],
  names: readonly [string, string],
  metric: string,
  value: number,
  text: string,
): readonly Ratio[] {
  return ratioOf(measured, names, { metric, text, target: { bound: "at most", value } });
}

/** Peak resident memory of a check that keeps evidence and writes its verdict as JSON. */
async function peakOf(main: string, policy: string, folder: string, env: Readonly<Record<string, string>>) {
  const kept = ["--evidence", join(folder, "evidence.jsonl"), "--replace-evidence"];
  const written = ["--format", "json", "--output", join(folder, "verdict.json"), "--quiet"];
  const program = [HEAP, "--require", join(folder, "peak-at-exit.cjs"), main, "check", policy];
  const script = [process.execPath, ...program, ...kept, ...written].map((each) => `'${each}'`).join(" ");
  // The sample's own clusters are not all in order: 1 is what is expected. What counts comes last.
  const said = await run("sh", ["-c", `${script} 2>&1; test $? -eq 1`], { env });
  return JSON.parse(said.trim().split("\n").at(-1) ?? "") as { readonly rssMb: number };
}
