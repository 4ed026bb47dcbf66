import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { sample } from "@auditgate/emulator";

import { interleave, type Subject } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder, run } from "../program.ts";
import { barsOf, type Case, ratioOf, rowsOf } from "../result.ts";

const RECORD = {
  id: "1",
  operator: "bench",
  start_time: "2026-01-31T12:00:00.000Z",
  end_time: "2026-01-31T12:00:05.000Z",
  status: "In-Sync",
  failed_reason: null,
};

const FORMATS = ["mjs", "cjs"] as const;
const NAMES = { mjs: "ES module", cjs: "CommonJS" };

/** A program that reads once and ends: how long until its first request. */
export const startCase: Case = {
  name: "start",
  about: "from the start of a process to its first request, and what importing costs",
  runs: 21,
  async run(setting) {
    const programs = programsFolder();
    const gate = await openGate();
    try {
      const env = plainEnvironment({
        AUDITGATE_DWS_ENDPOINT: gate.url,
        AUDITGATE_PROJECT_ID: sample.project.id,
        AUDITGATE_REGION: sample.region,
        AUDITGATE_ACCESS_KEY: sample.auditor.accessKey,
        AUDITGATE_SECRET_KEY: sample.auditor.secretKey,
        CLUSTER: sample.clusters.busy,
      });
      const program =
        (file: string): Subject["run"] =>
        async () => {
          const started = performance.now();
          await run(process.execPath, [join(programs.folder, file)], { env });
          return { ms: gate.arrivedAt() - started, wholeMs: performance.now() - started };
        };
      const imports =
        (...names: readonly string[]): Subject["run"] =>
        async () => {
          const { ms = 0 } = await figuresOf(
            process.execPath,
            [join(programs.folder, "import.mjs"), ...names],
            { env },
          );
          return { ms };
        };
      const starts = FORMATS.flatMap((format): readonly Subject[] => [
        { name: `auditgate, ${NAMES[format]}`, run: program(`start-auditgate.${format}`) },
        { name: `bare undici and zod, ${NAMES[format]}`, run: program(`start-bare.${format}`) },
      ]);
      const imported: readonly Subject[] = [
        { name: "import @auditgate/core", run: imports("@auditgate/core") },
        { name: "import undici and zod", run: imports("undici", "zod") },
      ];
      const measured = await interleave([...starts, ...imported], setting);
      const started = measured.slice(0, starts.length);
      return {
        title: "Start-up",
        ratios: [
          ...FORMATS.flatMap((format) =>
            ratioOf(measured, [`auditgate, ${NAMES[format]}`, `bare undici and zod, ${NAMES[format]}`], {
              metric: "ms",
              text: `auditgate's time to the first request / a bare script's, ${NAMES[format]}`,
              target: { bound: "at most", value: 1.25 },
            }),
          ),
          ...ratioOf(measured, ["import @auditgate/core", "import undici and zod"], {
            metric: "ms",
            text: "time to import @auditgate/core / undici and zod",
          }),
        ],
        rows: [
          ...rowsOf(started, "ms", "start to first request", "ms"),
          ...rowsOf(started, "wholeMs", "start to end", "ms"),
          ...rowsOf(measured.slice(starts.length), "ms", "import", "ms"),
        ],
        charts: [barsOf(started, "ms", { title: "Process start to first request", unit: "ms" })],
        notes: [
          "The bare script imports undici and zod, sends one request without credentials and parses the answer; auditgate also finds its configuration, signs, and proves the answer complete.",
        ],
      };
    } finally {
      gate.close();
      programs.remove();
    }
  },
};

interface Gate {
  readonly url: string;
  /** When the latest request came in. */
  arrivedAt(): number;
  close(): void;
}

/** A server in this very process, which is idle meanwhile, so that start and arrival are read from one clock. */
async function openGate(): Promise<Gate> {
  let arrived = 0;
  const body = JSON.stringify({ records: [RECORD], count: 1 });
  const server = createServer((_, response) => {
    arrived = performance.now();
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivedAt: () => arrived,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
