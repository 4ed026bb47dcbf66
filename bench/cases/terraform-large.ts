import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { sample } from "@auditgate/emulator";

import { engines } from "../../scripts/engines/locate.ts";
import { interleave, type Subject } from "../measure.ts";
import { watchProcesses } from "../process-memory.ts";
import { type Scratch, time } from "../program.ts";
import { ratioOf, type Result, rowsOf, type Setting } from "../result.ts";
import { startServer } from "../serving.ts";
import { auditgateProject, type TerraformProject } from "../terraform-project.ts";

const SIZES = [100, 1000, 20_000] as const;
/** Runs at most: what is compared differs by far more than its spread. */
const RUNS = 3;
const TARGET = { bound: "at most", value: 0.6 } as const;

const whole = (size: number) => `${size.toLocaleString("en")} records`;
const figures = (size: number) => `${whole(size)}, summary_only`;

/** What many records cost Terraform, with and without them in the state. */
export async function measureLarge(
  scratch: Scratch,
  { runs, smoke, report }: Setting,
): Promise<Pick<Result, "ratios" | "rows">> {
  const sizes = smoke ? [100] : SIZES;
  const found = [];
  for (const size of sizes) {
    const server = await startServer({ parameterRecords: size, newest: new Date().toISOString() });
    try {
      const project = (name: string, more: string) =>
        auditgateProject({ scratch, server }, name, [
          `data "auditgate_dws_parameter_modification_records" "a" {\n  cluster_id = "${sample.clusters.busy}"\n${more}}\n`,
        ]);
      const subjects: Subject[] = [
        { name: whole(size), ...measuring(await project(`whole-${size}`, "")) },
        {
          name: figures(size),
          ...measuring(await project(`figures-${size}`, "  summary_only = true\n")),
        },
      ];
      found.push(...(await interleave(subjects, { runs: Math.min(runs, RUNS), smoke, report })));
    } finally {
      await server.close();
    }
  }
  const largest = sizes.at(-1) ?? 0;
  const names = [figures(largest), whole(largest)] as const;
  return {
    ratios: [
      ...ratioOf(found, names, {
        metric: "plan",
        text: `plan of ${figures(largest)} / without`,
        target: TARGET,
      }),
      ...ratioOf(found, names, {
        metric: "memory",
        text: `peak memory of that plan / without`,
        target: TARGET,
      }),
    ],
    rows: [
      ...rowsOf(found, "plan", "plan over its state", "ms"),
      ...rowsOf(found, "memory", "peak resident memory of engine and provider", "MB"),
      ...rowsOf(found, "state", "state", "kB"),
    ],
  };
}

/** A plan over the state of an apply before: what one waits for every day. */
function measuring({ folder, env }: TerraformProject): Pick<Subject, "run"> {
  return {
    async run() {
      const { terraform } = engines();
      await time(terraform, ["apply", "-auto-approve"], { cwd: folder, env });
      const started = performance.now();
      const child = spawn(terraform, ["plan"], { cwd: folder, env, stdio: "ignore" });
      const most = watchProcesses(child);
      const code = await new Promise((done) => child.once("close", done));
      if (code !== 0) throw new Error(`terraform plan ended with ${String(code)}`);
      const plan = performance.now() - started;
      return { plan, memory: most(), state: statSync(join(folder, "terraform.tfstate")).size / 1000 };
    },
  };
}
