import { sample } from "@auditgate/emulator";

import { engines } from "../../scripts/engines/locate.ts";
import { figure, interleave, type Measured, type Subject, valuesOf } from "../measure.ts";
import { GO_PROVIDER_VERSION, tryPeer } from "../peers.ts";
import { scratch, time } from "../program.ts";
import { barsOf, type Case, type Ratio, rowsOf } from "../result.ts";
import { startServer } from "../serving.ts";
import { measureForms } from "./terraform-forms.ts";
import { measureLarge } from "./terraform-large.ts";
import {
  auditgateProject,
  DATA_SOURCES,
  goProject,
  plainProject,
  type TerraformProject,
} from "../terraform-project.ts";

const COMMANDS = { plan: ["plan"], apply: ["apply", "-auto-approve"] } as const;
const COUNTS = [1, 3] as const;
const LATENCY_MS = 20;

const NONE = "no provider";
const ours = (count: number) => `auditgate, ${sources(count)}`;
const theirs = (count: number) => `Go provider (http ${GO_PROVIDER_VERSION}), ${sources(count)}`;
const sources = (count: number) => (count === 1 ? "1 data source" : `${count} data sources`);

/** What a provider adds to Terraform's own time. */
export const terraformCase: Case = {
  name: "terraform",
  about:
    "plan and apply with one and three data sources, against no provider and one in Go; the provider on Node.js and as an executable; a large result with and without its records",
  runs: 9,
  async run(setting) {
    const { smoke, report } = setting;
    const missing: string[] = [];
    const program = smoke ? undefined : await tryPeer("goProvider", setting, missing);
    const server = await startServer({ latencyMs: LATENCY_MS, newest: new Date().toISOString() });
    const place = { scratch: scratch(), server };
    try {
      report("terraform init");
      const projects: [string, TerraformProject][] = [[NONE, await plainProject(place)]];
      for (const count of COUNTS) {
        const dataSources = DATA_SOURCES.slice(0, count);
        projects.push([ours(count), await auditgateProject(place, `auditgate-${count}`, dataSources)]);
        if (!program) continue;
        const paths = GO_PATHS.slice(0, count);
        projects.push([theirs(count), await goProject(place, `go-${count}`, { program, paths })]);
      }
      const { terraform } = engines();
      const subjects = projects.map(([name, { folder, env }]): Subject => ({
        name,
        async run() {
          await server.passed();
          const plan = await time(terraform, COMMANDS.plan, { cwd: folder, env });
          const { peak } = await server.passed();
          const apply = await time(terraform, COMMANDS.apply, { cwd: folder, env });
          return { plan, apply, peak };
        },
      }));
      const measured = await interleave(subjects, setting);
      const forms = await measureForms(place, setting);
      const large = await measureLarge(place.scratch, setting);
      const commands = ["plan", "apply"] as const;
      return {
        title: "Terraform",
        ratios: [
          ...commands.flatMap((command) => COUNTS.flatMap((count) => addedRatio(measured, command, count))),
          together(measured),
          ...forms.ratios,
          ...large.ratios,
        ],
        rows: [
          ...commands.flatMap((command) => rowsOf(measured, command, command, "ms")),
          ...forms.rows,
          ...large.rows,
        ],
        charts: commands.map((command) =>
          barsOf(measured, command, { title: `terraform ${command}`, unit: "ms" }),
        ),
        notes: [
          `What a provider adds is the time of a command less the time of the same command in the same round without any provider. Both ask the emulator at ${LATENCY_MS} ms latency; the Go provider sends its requests with a token and checks nothing.`,
          ...missing,
        ],
      };
    } finally {
      await server.close();
      place.scratch.remove();
    }
  },
};

const { project, clusters } = sample;
const GO_PATHS = [
  `/v1.0/${project.id}/clusters/${clusters.healthy}/audit-log-records`,
  `/v1/${project.id}/clusters/${clusters.healthy}/configurations/audit-records?limit=100&offset=0`,
  `/v1/${project.id}/clusters/${clusters.busy}/configurations/audit-records?limit=100&offset=0`,
];

function addedRatio(
  measured: readonly Measured[],
  command: keyof typeof COMMANDS,
  count: number,
): readonly Ratio[] {
  if (!measured.some(({ name }) => name === theirs(count))) return [];
  const added = (name: string) => {
    const [own, none] = [name, NONE].map((each) =>
      valuesOf(
        measured.find((other) => other.name === each)!,
        command,
      ),
    );
    return own!.map((value, round) => value - none![round]!);
  };
  // The median of differences, not of ratios of differences, which a small divisor would blow up.
  const base = figure(added(theirs(count))).median;
  const { median, low, high } = figure(added(ours(count)));
  const text = `what auditgate adds to ${command} / what the Go provider adds, ${sources(count)}`;
  const target = { bound: "at most", value: 3 } as const;
  return [{ text, median: median / base, low: low / base, high: high / base, target }];
}

function together(measured: readonly Measured[]): Ratio {
  const three = measured.find(({ name }) => name === ours(3))!;
  return {
    text: "requests at the server at once, three data sources in one plan",
    ...figure(valuesOf(three, "peak")),
    target: { bound: "at least", value: 3 },
  };
}
