import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { sample } from "@auditgate/emulator";

import { engines } from "../../scripts/engines/locate.ts";
import { interleave, type Measured, type Subject, valuesOf, figure } from "../measure.ts";
import { GO_PROVIDER_VERSION, placeGoProvider, tryPeer } from "../peers.ts";
import { plainEnvironment, run, scratch, time } from "../program.ts";
import { barsOf, type Case, type Ratio, rowsOf } from "../result.ts";
import { type Server, startServer } from "../serving.ts";

const COMMANDS = ["plan", "apply"] as const;
const COUNTS = [1, 3] as const;
const NONE = "no provider";
const LATENCY_MS = 20;

const ours = (count: number) => `auditgate, ${sources(count)}`;
const theirs = (count: number) => `Go provider (http ${GO_PROVIDER_VERSION}), ${sources(count)}`;
const sources = (count: number) => (count === 1 ? "1 data source" : `${count} data sources`);

/** What a provider adds to Terraform's own time. */
export const terraformCase: Case = {
  name: "terraform",
  about: "plan and apply with one and three data sources, against no provider and one in Go",
  runs: 9,
  async run(setting) {
    const { runs, smoke, report } = setting;
    const missing: string[] = [];
    const goProvider = smoke ? undefined : await tryPeer("goProvider", setting, missing);
    const server = await startServer({ latencyMs: LATENCY_MS, newest: new Date().toISOString() });
    const place = scratch();
    try {
      const env = plainEnvironment({
        ...server.env,
        HOME: place.folder,
        CHECKPOINT_DISABLE: "1",
        TF_INPUT: "0",
      });
      const project = async (
        name: string,
        main: string,
        providers: (folder: string) => Promise<void> | void,
      ) => {
        const folder = join(place.folder, name.replaceAll(/\W+/g, "-"));
        mkdirSync(folder);
        writeFileSync(join(folder, "main.tf"), main);
        await providers(folder);
        await run(engines().terraform, ["init"], { cwd: folder, env });
        return { name, folder };
      };
      report("terraform init");
      const projects = [await project(NONE, 'output "answer" {\n  value = 42\n}\n', () => undefined)];
      for (const count of COUNTS) {
        projects.push(
          await project(ours(count), ourConfiguration(count), async (folder) => {
            const command = resolve(
              import.meta.dirname,
              "../../packages/terraform-provider/dist/command.cjs",
            );
            await run(process.execPath, [command, "install", ".", "--engine", "terraform"], {
              cwd: folder,
              env,
            });
          }),
        );
        if (!goProvider) continue;
        projects.push(
          await project(theirs(count), goConfiguration(server, count), (folder) =>
            placeGoProvider(goProvider, folder),
          ),
        );
      }
      const subjects = projects.map(({ name, folder }): Subject => ({
        name,
        async run() {
          await server.passed();
          const plan = await time(engines().terraform, ["plan"], { cwd: folder, env });
          const { peak } = await server.passed();
          const apply = await time(engines().terraform, ["apply", "-auto-approve"], { cwd: folder, env });
          return { plan, apply, peak };
        },
      }));
      const measured = await interleave(subjects, runs, report);
      return {
        title: "Terraform",
        ratios: [
          ...COMMANDS.flatMap((command) => COUNTS.flatMap((count) => addedRatio(measured, command, count))),
          together(measured),
        ],
        rows: COMMANDS.flatMap((command) => rowsOf(measured, command, command, "ms")),
        charts: COMMANDS.map((command) =>
          barsOf(measured, command, { title: `terraform ${command}`, unit: "ms" }),
        ),
        notes: [
          `What a provider adds is the time of a command less the time of the same command in the same round without any provider. Both ask the emulator at ${LATENCY_MS} ms latency; the Go provider sends its requests with a token and checks nothing.`,
          ...missing,
        ],
      };
    } finally {
      await server.close();
      place.remove();
    }
  },
};

function addedRatio(
  measured: readonly Measured[],
  command: (typeof COMMANDS)[number],
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

function ourConfiguration(count: number): string {
  const dataSources = [
    `data "auditgate_dws_audit_dump_records" "a" {\n  cluster_id = "${sample.clusters.healthy}"\n}\n`,
    `data "auditgate_dws_parameter_modification_records" "b" {\n  cluster_id = "${sample.clusters.healthy}"\n}\n`,
    `data "auditgate_dds_audit_logs" "c" {\n  instance_id = "${sample.instances.healthy}"\n  last        = "1d"\n}\n`,
  ];
  return [
    'terraform {\n  required_providers {\n    auditgate = { source = "auditgate/auditgate" }\n  }\n}\n',
    ...dataSources.slice(0, count),
  ].join("\n");
}

function goConfiguration({ url, token }: Server, count: number): string {
  const project = sample.project.id;
  const paths = [
    `/v1.0/${project}/clusters/${sample.clusters.healthy}/audit-log-records`,
    `/v1/${project}/clusters/${sample.clusters.healthy}/configurations/audit-records?limit=100&offset=0`,
    `/v1/${project}/clusters/${sample.clusters.busy}/configurations/audit-records?limit=100&offset=0`,
  ];
  const dataSources = paths.map(
    (path, index) =>
      `data "http" "d${index}" {\n  url = "${url}${path}"\n  request_headers = {\n    X-Auth-Token = "${token}"\n  }\n}\n`,
  );
  return [
    `terraform {\n  required_providers {\n    http = {\n      source  = "hashicorp/http"\n      version = "${GO_PROVIDER_VERSION}"\n    }\n  }\n}\n`,
    ...dataSources.slice(0, count),
  ].join("\n");
}
