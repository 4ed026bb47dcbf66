import { join } from "node:path";

import { interleave, type Measured, type Subject } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder, type Scratch } from "../program.ts";
import { officialReaders, readerTask } from "../readers.ts";
import {
  barsOf,
  type Case,
  type Chart,
  type Ratio,
  ratioOf,
  type Row,
  rowsOf,
  type Setting,
} from "../result.ts";
import { type Server, startServer } from "../serving.ts";
import { LOG_DAYS, type ServerOptions } from "../server-data.ts";
import { LONG_PAGE, PAGE, targetsOf, windowsOf } from "../targets.ts";

const DAY_MS = 86_400_000;

const OURS = "auditgate";
const BARE = "bare undici loop, all pages at once";
const BARE_32 = "bare undici loop, 32 at once";
const BARE_LONG = "bare undici loop, all pages at once, long ones";
const SEQUENTIAL = ["official Python SDK", "official Go SDK", "official Node core"].map(
  (name) => `${name}, one at a time`,
);

/** All records there are, by us, by the official SDKs, and by the least that could do it. */
export const readCase: Case = {
  name: "read",
  about: "20,000 parameter records and 25,000 DDS logs over 95 days, at 0 and 20 ms latency",
  runs: 7,
  async run(setting) {
    const { runs, smoke, report } = setting;
    const programs = programsFolder();
    const newest = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString();
    const data: ServerOptions = {
      parameterRecords: smoke ? 300 : 20_000,
      logs: smoke ? 300 : 25_000,
      newest,
    };
    const rows: Row[] = [];
    const ratios: Ratio[] = [];
    const charts: Chart[] = [];
    const notes = new Set<string>();
    try {
      for (const latencyMs of smoke ? [0] : [0, 20]) {
        const server = await startServer({ ...data, latencyMs });
        try {
          const { subjects, missing } = await subjectsOf(server, data, programs, latencyMs, setting);
          for (const note of missing) notes.add(note);
          const at = `${latencyMs} ms latency`;
          const measured = await interleave(subjects, {
            runs,
            smoke,
            report: (text) => report(`${at}, ${text}`),
          });
          const inProcess = measured.slice(0, 4);
          rows.push(...rowsOf(measured, "coldMs", at, "ms"));
          rows.push(...rowsOf(inProcess, "warmMs", `${at}, fifth time in one process`, "ms"));
          rows.push(...rowsOf(inProcess, "coldCpuMs", `${at}, processor time`, "ms"));
          ratios.push(...ratiosOf(measured, latencyMs));
          charts.push(barsOf(measured, "coldMs", { title: `Read 45,000 records, ${at}`, unit: "ms" }));
        } finally {
          await server.close();
        }
      }
    } finally {
      programs.remove();
    }
    return {
      title: "Read everything",
      ratios,
      rows,
      charts,
      notes: [
        `${data.parameterRecords} parameter records and ${data.logs} DDS logs over ${LOG_DAYS} days; time from the first request to the last record, in a fresh process, without the loading of modules.`,
        "auditgate does all its checks: signatures, types, overlapping pages, order, duplicates, totals, digest, summary. The bare loop has a token, knows the number of pages beforehand, and parses JSON.",
        "auditgate asks at most 64 pages at once; each official client one after another, for it has nothing to read a list with.",
        `All ask for pages of ${PAGE} records; auditgate, after the first one, for parameter records in pages of ${LONG_PAGE}, for which the documents set no maximum.`,
        ...notes,
      ],
    };
  },
};

function ratiosOf(measured: readonly Measured[], latencyMs: number): readonly Ratio[] {
  const at = `at ${latencyMs} ms latency`;
  const metric = "coldMs";
  const limit = { bound: "at most", value: latencyMs === 0 ? 1.6 : 1.3 } as const;
  const gain = { bound: "at least", value: 8 } as const;
  return [
    ...ratioOf(measured, [OURS, BARE], {
      metric,
      text: `auditgate's time / that of the ${BARE}, ${at}`,
      target: limit,
    }),
    ...[BARE_32, BARE_LONG].flatMap((name) =>
      ratioOf(measured, [OURS, name], { metric, text: `auditgate's time / that of the ${name}, ${at}` }),
    ),
    ...ratioOf(measured, [OURS, BARE], {
      metric: "warmMs",
      text: `auditgate's time / that of the ${BARE}, ${at}, fifth time in one process`,
    }),
    ...SEQUENTIAL.flatMap((name) =>
      ratioOf(measured, [name, OURS], {
        metric,
        text: `time of the ${name} / auditgate's, ${at}`,
        ...(latencyMs > 0 && { target: gain }),
      }),
    ),
  ];
}

async function subjectsOf(
  server: Server,
  data: ServerOptions,
  programs: Scratch,
  latencyMs: number,
  setting: Setting,
): Promise<{ readonly subjects: readonly Subject[]; readonly missing: readonly string[] }> {
  const { parameterRecords = 0, logs = 0 } = data;
  const to = Date.parse(data.newest);
  const from = to - LOG_DAYS * DAY_MS;
  const windows = windowsOf(from, to);
  const task = {
    ...readerTask(server, server.url, windows),
    token: server.token,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
  const busy = `/v1/${task.project}/clusters/${task.cluster}/configurations/audit-records`;
  const logsPath = `/v3/${task.project}/instances/${task.instance}/auditlog`;
  const logLists = windows.map(({ start, end }) => ({
    path: logsPath,
    step: PAGE,
    parameters: { start_time: start, end_time: end },
  }));
  const modifications = { path: busy, step: 1, parameters: {} };
  const targets = await targetsOf(server, [modifications, ...logLists]);
  const longTargets = await targetsOf(server, [{ ...modifications, pageSize: LONG_PAGE }, ...logLists]);
  const subject = (
    name: string,
    program: string,
    args: readonly string[],
    more: object,
    rounds = 1,
  ): Subject => ({
    name,
    ...(rounds === 1 && { runs: latencyMs === 0 ? 3 : 2 }),
    async run() {
      const text = JSON.stringify({ ...task, rounds, ...more });
      const env = plainEnvironment({ ...server.env, BENCH_TASK: text });
      const figures = await figuresOf(program, args, { env });
      // Windows that touch may both have a record; the official clients do not tell.
      if (!(figures["records"]! >= parameterRecords + logs)) {
        throw new Error(`${name} read ${figures["records"]} records`);
      }
      return figures;
    },
  });
  const node = process.execPath;
  const { folder } = programs;
  const subjects = [
    subject(OURS, node, [join(folder, "read-auditgate.mjs")], {}, 5),
    subject(BARE, node, [join(folder, "read-bare.mjs")], { targets }, 5),
    subject(BARE_32, node, [join(folder, "read-bare.mjs")], { targets, connections: 32 }, 5),
    subject(BARE_LONG, node, [join(folder, "read-bare.mjs")], { targets: longTargets }, 5),
  ];
  const missing: string[] = [];
  if (setting.smoke) return { subjects, missing };
  for (const { name, program, args, more } of await officialReaders(programs, setting, missing)) {
    subjects.push(subject(`${name}, one at a time`, program, args, more));
  }
  return { subjects, missing };
}
