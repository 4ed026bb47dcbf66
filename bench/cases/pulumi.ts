import { measureLarge } from "./pulumi-large.ts";
import { engines } from "../../scripts/engines/locate.ts";
import { interleave, type Measured, medianInterval, type Subject, valuesOf } from "../measure.ts";
import { programsFolder, run, time } from "../program.ts";
import { pulumiProject } from "../pulumi-project.ts";
import { barsOf, type Case, type Ratio, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";

const COMMANDS = { preview: ["preview"], up: ["up", "--yes", "--skip-preview"] } as const;
const LATENCY_MS = 20;

const NONE = "no resource";
const FUNCTION = "one function";
const GATE = "one gate";
const RESOURCE = "one resource";
const THREE = "three resources";
const BARE = "one dynamic resource that reads nothing";
const THREE_BARE = "three of these";

const PROGRAMS = [
  [NONE, "none"],
  [FUNCTION, "function"],
  [GATE, "gate"],
  [RESOURCE, "resource"],
  [THREE, "auditgate"],
  [BARE, "bare-one"],
  [THREE_BARE, "bare-three"],
] as const;

/** What a function, a gate and resources add to a stack. */
export const pulumiCase: Case = {
  name: "pulumi",
  about: "preview and up with a function, a gate and resources, against none and what reads nothing",
  runs: 15,
  async run(setting) {
    const programs = programsFolder();
    const server = await startServer({ latencyMs: LATENCY_MS, newest: new Date().toISOString() });
    const { pulumi } = engines();
    try {
      const subjects: Subject[] = [];
      for (const [name, program] of PROGRAMS) {
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
        ratios: commands.flatMap((command) => [
          addedRatio(measured, command, [GATE, BARE], 0.25),
          addedRatio(measured, command, [THREE, THREE_BARE], 1.25),
        ]),
        rows: [
          ...commands.flatMap((command) => rowsOf(measured, command, command, "ms")),
          ...(await measureLarge(programs, setting)),
        ],
        charts: commands.map((command) =>
          barsOf(measured, command, { title: `pulumi ${command}`, unit: "ms" }),
        ),
        notes: [
          `auditgate asks the emulator at ${LATENCY_MS} ms latency. What reads nothing shows what Pulumi takes for reading dynamic resources: a provider process is started for them.`,
          "Ratios are medians of differences to the program without a resource, of the same round each, with their 90 % interval.",
        ],
      };
    } finally {
      await server.close();
      programs.remove();
    }
  },
};

function addedRatio(
  measured: readonly Measured[],
  command: string,
  [own, other]: readonly [string, string],
  most: number,
): Ratio {
  const [ours, bare, none] = [own, other, NONE].map((name) =>
    valuesOf(
      measured.find((each) => each.name === name)!,
      command,
    ),
  );
  const added = medianInterval(ours!.map((value, round) => value - none![round]!));
  const base = medianInterval(bare!.map((value, round) => value - none![round]!)).median;
  return {
    text: `what ${own} adds to ${command} / what ${other} adds`,
    median: added.median / base,
    low: added.low / base,
    high: added.high / base,
    target: { bound: "at most", value: most },
  };
}
