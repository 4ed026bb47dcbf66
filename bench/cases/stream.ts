import { join } from "node:path";

import { sample } from "@auditgate/emulator";

import { figure, interleave, type Measured, type Subject, valuesOf } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder } from "../program.ts";
import { barsOf, type Case, ratioOf, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";
import { LONG_PAGE, PAGE } from "../targets.ts";

const OURS = "auditgate";
const BARE = "bare stream: undici, JSON.parse, zod";
const BARE_LONG = "bare stream, long pages";
const OURS_SHORT = `auditgate, pages of ${PAGE}`;
const SMALL_HEAP = "--max-semi-space-size=16";
const OURS_SMALL_HEAP = `${OURS}, node ${SMALL_HEAP}`;

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
        pageSize: PAGE,
        ahead: 32,
      };
      const subject = (
        name: string,
        program: string,
        more: object = {},
        ...flags: readonly string[]
      ): Subject => ({
        name,
        async run() {
          const text = JSON.stringify({ ...task, count, ...more });
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
        subject(BARE_LONG, "stream-bare.mjs", { pageSize: LONG_PAGE, ahead: 4 }),
        subject(OURS_SHORT, "stream-auditgate.mjs", { reading: { pageSize: PAGE } }),
        subject(OURS_SMALL_HEAP, "stream-auditgate.mjs", {}, SMALL_HEAP),
      ];
      const measured = await interleave(subjects, setting);
      const ours = measured[0]!;
      const memory = figure(valuesOf(ours, "rssMb"));
      const rates = (name: string, other: string) =>
        ratioOf(measured, [name, other], {
          metric: "perSecond",
          text: `${name}: records per second / ${other}`,
        });
      return {
        title: "Stream",
        ratios: [
          ...ratioOf(measured, [OURS, BARE], {
            metric: "perSecond",
            text: "auditgate's records per second / the bare stream's",
            target: { bound: "at least", value: 0.8 },
          }),
          ...rates(OURS, BARE_LONG),
          ...rates(OURS_SHORT, BARE),
          {
            text: "auditgate's peak resident memory [MB]",
            ...memory,
            target: { bound: "at most", value: 256 },
          },
          {
            text: "auditgate's peak memory in the last fifth / in the second one",
            ...growth(ours),
            target: { bound: "at most", value: 1.1 },
          },
          {
            text: `the same with node ${SMALL_HEAP}`,
            ...growth(measured.find(({ name }) => name === OURS_SMALL_HEAP)!),
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
          "All give records out in order. The bare stream has 32 pages under way, of long ones 4; auditgate 16, or 4. auditgate signs each request, compares overlapping pages and remembers the latest ids; the bare stream has a token and knows the number of pages.",
        ],
      };
    } finally {
      await server.close();
      programs.remove();
    }
  },
};

function growth(measured: Measured) {
  const early = valuesOf(measured, "earlyMb");
  return figure(valuesOf(measured, "lateMb").map((value, run) => value / early[run]!));
}
