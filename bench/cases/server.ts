import { join } from "node:path";

import { sample } from "@auditgate/emulator";

import { figure, interleave, type Subject, valuesOf } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder } from "../program.ts";
import { type Case, ratioOf, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";
import { targetsOf } from "../targets.ts";

const RAW = "raw sockets, answers counted and thrown away";
const BARE = "bare undici loop, 32 at once";

/** Whether the server that all others ask is fast enough not to count. */
export const serverCase: Case = {
  name: "server",
  about: "how fast the benchmark's own server is, and how busy it is meanwhile",
  runs: 7,
  async run(setting) {
    const { smoke } = setting;
    const programs = programsFolder();
    const parameterRecords = smoke ? 1_000 : 50_000;
    const server = await startServer({ parameterRecords, newest: new Date().toISOString() });
    try {
      const path = `/v1/${sample.project.id}/clusters/${sample.clusters.busy}/configurations/audit-records`;
      const targets = await targetsOf(server, [{ path, step: 1, parameters: {} }]);
      const task = { url: server.url, token: server.token, targets, connections: 32, rounds: smoke ? 1 : 5 };
      const env = plainEnvironment({ BENCH_TASK: JSON.stringify(task) });
      const subject = (name: string, program: string): Subject => ({
        name,
        async run() {
          await server.passed();
          const { warmMs = 0, wholeMs = 0 } = await figuresOf(
            process.execPath,
            [join(programs.folder, program)],
            { env },
          );
          const { busyMs, requests } = await server.passed();
          if (requests !== targets.length * task.rounds) throw new Error(`${requests} requests`);
          return { perSecond: targets.length / (warmMs / 1000), busy: (busyMs / wholeMs) * 100 };
        },
      });
      const measured = await interleave([subject(RAW, "raw.mjs"), subject(BARE, "read-bare.mjs")], setting);
      return {
        title: "The server itself",
        ratios: [
          ...ratioOf(measured, [RAW, BARE], {
            metric: "perSecond",
            text: "pages per second the server gives / that the bare undici loop takes",
            target: { bound: "at least", value: 1.5 },
          }),
          {
            text: "share of the time that the server is busy with the bare loop [%]",
            ...figure(valuesOf(measured[1]!, "busy")),
            target: { bound: "at most", value: 80 },
          },
        ],
        rows: [
          ...rowsOf(measured, "perSecond", "pages of 100 records", "pages/s"),
          ...rowsOf(measured, "busy", "the server's processor", "%"),
        ],
        charts: [],
        notes: [
          "The server is a process of its own: the emulator makes each answer once, after checking its signature; from then on a memory before it sends the same bytes.",
        ],
      };
    } finally {
      await server.close();
      programs.remove();
    }
  },
};
