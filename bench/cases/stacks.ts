import { rmSync } from "node:fs";
import { join } from "node:path";

import { engines } from "../../scripts/engines/locate.ts";
import { interleave, type Subject } from "../measure.ts";
import { figuresOf, plainEnvironment, programsFolder } from "../program.ts";
import { barsOf, type Case, rowsOf, ratioOf } from "../result.ts";

const MOST_MEGABYTES = 60;

/** Many stacks of one CDKTF app, with a gate in each and without: what is synthesized takes time and room. */
export const stacksCase: Case = {
  name: "stacks",
  about: "CDKTF: synthesizing 50 stacks with a gate each, and without",
  runs: 7,
  async run(setting) {
    const programs = programsFolder();
    const count = setting.smoke ? 2 : 50;
    const outdir = join(programs.folder, "out");
    const [gated, plain] = [`${count} stacks with a gate each`, `${count} stacks without`] as const;
    const subject = (name: string, ...more: readonly string[]): Subject => ({
      name,
      run: async () => {
        rmSync(outdir, { recursive: true, force: true });
        const args = [join(programs.folder, "stacks.mjs"), String(count), outdir, ...more];
        // cdktf asks it for its version.
        const env = plainEnvironment({ TERRAFORM_BINARY_NAME: engines().terraform });
        return figuresOf(process.execPath, args, { env });
      },
    });
    try {
      const measured = await interleave([subject(gated, "gated"), subject(plain)], setting);
      const rows = rowsOf(measured, "MB", "on the disk", "MB");
      const [room] = rows;
      return {
        title: "CDKTF stacks",
        ratios: [
          ...ratioOf(measured, [gated, plain], {
            metric: "ms",
            text: "time to synthesize stacks with a gate each / without",
            target: { bound: "at most", value: 1.15 },
          }),
          ...(room
            ? [
                {
                  text: `${gated}, on the disk / ${MOST_MEGABYTES} MB`,
                  median: room.median / MOST_MEGABYTES,
                  low: room.low / MOST_MEGABYTES,
                  high: room.high / MOST_MEGABYTES,
                  target: { bound: "at most" as const, value: 1 },
                },
              ]
            : []),
        ],
        rows: [...rowsOf(measured, "ms", "to synthesize", "ms"), ...rows],
        charts: [barsOf(measured, "ms", { title: "Synthesis of CDKTF stacks", unit: "ms" })],
        notes: [
          "Each stack has one resource; with a gate also the provider, a zip that is there once for all stacks, as hard links under the names that two engines on four platforms look for.",
        ],
      };
    } finally {
      programs.remove();
    }
  },
};
