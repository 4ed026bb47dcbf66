import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { sample } from "@auditgate/emulator";

import { engines } from "../../scripts/engines/locate.ts";
import { interleave, type Subject } from "../measure.ts";
import { run, type Scratch, time } from "../program.ts";
import { pulumiProject } from "../pulumi-project.ts";
import { type Result, rowsOf, type Setting } from "../result.ts";
import { startServer } from "../serving.ts";

const SIZES = [100, 1000, 20_000] as const;
/** Runs at most: what is compared differs by far more than its spread. */
const RUNS = 3;

/** What many records cost Pulumi, with and without them in the state. */
export async function measureLarge(
  programs: Scratch,
  { runs, smoke, report }: Setting,
): Promise<Result["rows"]> {
  const found = [];
  for (const size of smoke ? [100] : SIZES) {
    const server = await startServer({ parameterRecords: size, newest: new Date().toISOString() });
    try {
      const subjects: Subject[] = [];
      for (const summaryOnly of [false, true]) {
        const project = pulumiProject(programs, "large", server, `large-${size}-${summaryOnly}`);
        const more = { CLUSTER: sample.clusters.busy, SUMMARY_ONLY: String(summaryOnly) };
        const at = { cwd: project.folder, env: { ...project.env, ...more } };
        await run(engines().pulumi, ["stack", "init", "dev", "--non-interactive"], at);
        subjects.push({
          name: `${size.toLocaleString("en")} records${summaryOnly ? ", summaryOnly" : ""}`,
          run: () => previewOver(at),
        });
      }
      found.push(...(await interleave(subjects, { runs: Math.min(runs, RUNS), smoke, report })));
    } finally {
      await server.close();
    }
  }
  return [
    ...rowsOf(found, "preview", "preview over its state", "ms"),
    ...rowsOf(found, "state", "state", "kB"),
  ];
}

/** A preview over the state of an update before: what one waits for every day. */
async function previewOver(at: Parameters<typeof time>[2]): Promise<{ preview: number; state: number }> {
  const { pulumi } = engines();
  await time(pulumi, ["up", "--yes", "--skip-preview", "--non-interactive"], at);
  const preview = await time(pulumi, ["preview", "--non-interactive"], at);
  const folder = join(String(at.cwd), "state/.pulumi/stacks");
  const [state = ""] = globSync("**/dev.json", { cwd: folder });
  return { preview, state: statSync(join(folder, state)).size / 1000 };
}
