import { join } from "node:path";

import { sample } from "@auditgate/emulator";

import { figure, interleave, type Measured, type Subject, valuesOf } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder } from "../program.ts";
import { type Case, type Ratio, ratioOf, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";
import { clusterId } from "../server-data.ts";

const LATENCY_MS = 20;

/** What a gate over many subjects costs. */
export const gateCase: Case = {
  name: "gate",
  about: 'a gate over 1, 100 and 1,000 clusters, by their ids and behind "*": time, requests, memory',
  runs: 7,
  async run(setting) {
    const { smoke } = setting;
    const sizes = smoke ? [1, 3] : [1, 10, 100, 1_000];
    const programs = programsFolder();
    const most = Math.max(...sizes);
    const server = await startServer({
      clusters: most,
      latencyMs: LATENCY_MS,
      newest: new Date().toISOString(),
    });
    try {
      const subject = (name: string, task: object, readings: number): Subject => ({
        name,
        async run() {
          const env = plainEnvironment({ ...server.env, BENCH_TASK: JSON.stringify(task) });
          await server.passed();
          const figures = await figuresOf(process.execPath, [join(programs.folder, "gate-auditgate.mjs")], {
            env,
          });
          if (figures["records"] !== readings)
            throw new Error(`${figures["records"]} readings of ${readings}`);
          const { requests, peak } = await server.passed();
          return { ...figures, requests, peak };
        },
      });
      const listed = `${nameOf(most)} behind "*"`;
      const all = await interleave(
        [
          ...sizes.map((size) =>
            subject(
              nameOf(size),
              { clusters: Array.from({ length: size }, (_, index) => clusterId(index)) },
              size,
            ),
          ),
          // The list is a reading too.
          subject(listed, { clusters: ["*"], except: Object.values(sample.clusters) }, most + 1),
        ],
        setting,
      );
      const measured = all.slice(0, sizes.length);
      return {
        title: "Gate",
        ratios: [
          ...ratiosOf(measured, sizes),
          {
            text: `requests / clusters, of ${nameOf(most)}`,
            ...figure(valuesOf(measured.at(-1)!, "requests").map((requests) => requests / most)),
            target: { bound: "at most", value: 1 },
          },
          ...ratioOf(all, [listed, nameOf(most)], {
            metric: "ms",
            text: `time, of ${listed} / by their ids`,
            target: { bound: "at most", value: 1.1 },
          }),
        ],
        rows: [
          ...rowsOf(all, "ms", "time", "ms"),
          ...rowsOf(all, "requests", "requests", ""),
          ...rowsOf(all, "peak", "requests at once", ""),
          ...rowsOf(all, "rssMb", "peak resident memory", "MB"),
        ],
        charts: [
          {
            kind: "curve",
            title: `Gate over many clusters, ${LATENCY_MS} ms latency`,
            sizes: "clusters",
            unit: "ms",
            points: measured.map((each, index) => ({
              size: sizes[index]!,
              value: figure(valuesOf(each, "ms")).median,
            })),
          },
        ],
        notes: [
          `One rule about the dumps of each cluster, a day of 24 dumps each, at ${LATENCY_MS} ms latency, at most 64 requests at once; time from the call to the verdict, in a fresh process.`,
        ],
      };
    } finally {
      await server.close();
      programs.remove();
    }
  },
};

function nameOf(size: number): string {
  return size === 1 ? "1 cluster" : `${size} clusters`;
}

/** Growth from the size before the largest to the largest: smaller ones are all latency. */
function ratiosOf(measured: readonly Measured[], sizes: readonly number[]): readonly Ratio[] {
  const [before, largest] = measured.slice(-2) as [Measured, Measured];
  const [small, large] = sizes.slice(-2) as [number, number];
  const growth = (metric: string, per: number) => {
    const base = valuesOf(before, metric);
    return figure(valuesOf(largest, metric).map((value, run) => value / base[run]! / per));
  };
  return [
    {
      text: `time per cluster, of ${nameOf(large)} / of ${nameOf(small)}`,
      ...growth("ms", large / small),
      target: { bound: "at most", value: 1.1 },
    },
    {
      text: `peak memory, of ${nameOf(large)} / of ${nameOf(small)}`,
      ...growth("rssMb", 1),
      target: { bound: "at most", value: 1.5 },
    },
  ];
}
