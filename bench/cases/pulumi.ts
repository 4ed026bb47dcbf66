import { engines } from "../../scripts/engines/locate.ts";
import { figure, interleave, type Measured, type Subject, valuesOf } from "../measure.ts";
import { programsFolder, run, time } from "../program.ts";
import { pulumiProject } from "../pulumi-project.ts";
import { barsOf, type Case, type Ratio, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";

const COMMANDS = { preview: ["preview"], up: ["up", "--yes", "--skip-preview"] } as const;
const LATENCY_MS = 20;

const OURS = "auditgate, 3 resources";
const BARE = "3 dynamic resources that read nothing";
const NONE = "no resource";

/** What three audited resources add to a stack. */
export const pulumiCase: Case = {
  name: "pulumi",
  about: "preview and up with three resources, against none and three that read nothing",
  runs: 5,
  async run(setting) {
    const programs = programsFolder();
    const server = await startServer({ latencyMs: LATENCY_MS, newest: new Date().toISOString() });
    const { pulumi } = engines();
    try {
      const subjects: Subject[] = [];
      for (const [name, program] of [
        [OURS, "auditgate"],
        [BARE, "bare"],
        [NONE, "none"],
      ] as const) {
        const place = { ...pulumiProject(programs, program, server) };
        const at = { cwd: place.folder, env: place.env };
        await run(pulumi, ["stack", "init", "dev", "--non-interactive"], at);
        subjects.push({
          name,
          async run() {
            const preview = await time(pulumi, [...COMMANDS.preview, "--non-interactive"], at);
            const up = await time(pulumi, [...COMMANDS.up, "--non-interactive"], at);
            return { preview, up };
          },
        });
      }
      const measured = await interleave(subjects, setting);
      const commands = Object.keys(COMMANDS);
      return {
        title: "Pulumi",
        ratios: commands.map((command) => addedRatio(measured, command)),
        rows: commands.flatMap((command) => rowsOf(measured, command, command, "ms")),
        charts: commands.map((command) =>
          barsOf(measured, command, { title: `pulumi ${command}`, unit: "ms" }),
        ),
        notes: [
          `auditgate's three resources ask the emulator at ${LATENCY_MS} ms latency. The other three show what Pulumi takes for reading dynamic resources: a provider process is started for them.`,
        ],
      };
    } finally {
      await server.close();
      programs.remove();
    }
  },
};

function addedRatio(measured: readonly Measured[], command: string): Ratio {
  const [ours, bare, none] = [OURS, BARE, NONE].map((name) =>
    valuesOf(
      measured.find((each) => each.name === name)!,
      command,
    ),
  );
  const base = figure(bare!.map((value, round) => value - none![round]!)).median;
  const { median, low, high } = figure(ours!.map((value, round) => value - none![round]!));
  const text = `what auditgate adds to ${command} / what resources that read nothing add`;
  return { text, median: median / base, low: low / base, high: high / base };
}
