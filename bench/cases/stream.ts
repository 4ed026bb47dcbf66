import { join } from "node:path";

import { sample } from "@auditgate/emulator";

import { figure, interleave, type Subject, valuesOf } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder } from "../program.ts";
import { barsOf, type Case, ratioOf, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";
import { PAGE } from "../targets.ts";

const OURS = "auditgate";
const BARE = "bare stream: undici, JSON.parse, zod";
const FEW = 8;
const SMALL_HEAP = "--max-semi-space-size=16";

/** A list too long to keep. */
export const streamCase: Case = {
  name: "stream",
  about: "1,000,000 records one after another: rate and memory",
  runs: 3,
  async run(setting) {
    const { smoke } = setting;
    const count = smoke ? 1_000 : 1_000_000;
    const programs = programsFolder();
    const server = await startServer({ parameterRecords: count, newest: new Date().toISOString() });
    try {
      const task = {
        url: server.url,
        token: server.token,
        cluster: sample.clusters.busy,
        path: `/v1/${sample.project.id}/clusters/${sample.clusters.busy}/configurations/audit-records`,
        pages: Math.ceil(count / PAGE),
      };
      const subject = (
        name: string,
        program: string,
        options: object = {},
        ...flags: readonly string[]
      ): Subject => ({
        name,
        async run() {
          const text = JSON.stringify({ ...task, options });
          const env = plainEnvironment({ ...server.env, BENCH_TASK: text });
          const figures = await figuresOf(process.execPath, [...flags, join(programs.folder, program)], {
            env,
          });
          if (figures["records"] !== count) throw new Error(`${name} read ${figures["records"]} records`);
          return figures;
        },
      });
      const subjects = [
        subject(OURS, "stream-auditgate.mjs"),
        subject(BARE, "stream-bare.mjs"),
        subject(`${OURS}, node ${SMALL_HEAP}`, "stream-auditgate.mjs", {}, SMALL_HEAP),
        subject(`${OURS}, ${FEW} requests at once`, "stream-auditgate.mjs", { concurrency: FEW }),
      ];
      const measured = await interleave(subjects, setting);
      const ours = measured[0]!;
      const memory = figure(valuesOf(ours, "rssMb"));
      const [early, late] = [valuesOf(ours, "earlyMb"), valuesOf(ours, "lateMb")];
      return {
        title: "Stream",
        ratios: [
          ...ratioOf(measured, [OURS, BARE], {
            metric: "perSecond",
            text: "auditgate's records per second / the bare stream's",
            target: { bound: "at least", value: 0.8 },
          }),
          {
            text: "auditgate's peak resident memory [MB]",
            ...memory,
            target: { bound: "at most", value: 256 },
          },
          {
            text: "auditgate's peak memory in the last fifth / in the second one",
            ...figure(late.map((value, run) => value / early[run]!)),
            target: { bound: "at most", value: 1.1 },
          },
        ],
        rows: [
          ...rowsOf(measured, "perSecond", "rate", "records/s"),
          ...rowsOf(measured, "rssMb", "peak resident memory", "MB"),
          ...rowsOf(measured, "lateMb", "peak resident memory in the last fifth", "MB"),
        ],
        charts: [
          barsOf(measured, "perSecond", { title: `Stream ${count} records`, unit: "records/s" }),
          barsOf(measured, "rssMb", { title: `Peak memory of a stream of ${count} records`, unit: "MB" }),
        ],
        notes: [
          "Both give records out in order; the bare stream has 32 pages under way, auditgate 16. auditgate signs each request, compares overlapping pages and remembers the latest ids; the bare stream has a token and knows the number of pages.",
        ],
      };
    } finally {
      await server.close();
      programs.remove();
    }
  },
};
