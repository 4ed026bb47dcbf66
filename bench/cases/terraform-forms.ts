import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { join } from "node:path";

import { engines } from "../../scripts/engines/locate.ts";
import { interleave, type Subject } from "../measure.ts";
import { residentOf, watchProcesses } from "../process-memory.ts";
import { ratioOf, type Result, rowsOf, type Setting } from "../result.ts";
import {
  DATA_SOURCES,
  auditgateProject,
  standaloneProject,
  type TerraformPlace,
  type TerraformProject,
} from "../terraform-project.ts";

const [ON_NODE, STANDALONE] = ["on Node.js", "as an executable"] as const;
/** What an engine says to a provider that it starts; without it, that is started by hand. */
const ENGINE = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "6",
};

/** The two forms of the provider side by side. */
export async function measureForms(
  place: TerraformPlace,
  setting: Setting,
): Promise<Pick<Result, "ratios" | "rows">> {
  const projects = {
    [ON_NODE]: await auditgateProject(place, "on-node", DATA_SOURCES),
    [STANDALONE]: await standaloneProject(place, "standalone", DATA_SOURCES),
  };
  const subjects = Object.entries(projects).map(([name, project]): Subject => ({
    name: `auditgate ${name}`,
    run: async () => ({ ...(await launched(project)), ...(await planned(project)) }),
  }));
  const measured = await interleave(subjects, setting);
  const names = [`auditgate ${STANDALONE}`, `auditgate ${ON_NODE}`] as const;
  return {
    ratios: [
      ["launch", "launch to the handshake"],
      ["formPlan", "plan with three data sources"],
      ["resident", "memory at the handshake"],
    ].flatMap(([metric = "", text = ""]) =>
      ratioOf(measured, names, { metric, text: `${text}, ${STANDALONE} / ${ON_NODE}` }),
    ),
    rows: [
      ...rowsOf(measured, "launch", "launch to the handshake", "ms"),
      ...rowsOf(measured, "resident", "resident memory at the handshake", "MB"),
      ...rowsOf(measured, "formPlan", "plan with three data sources", "ms"),
      ...rowsOf(measured, "formMemory", "peak resident memory of engine and provider in that plan", "MB"),
    ],
  };
}

async function launched({ folder, env }: TerraformProject) {
  const [program = ""] = globSync(".terraform/providers/**/terraform-provider-auditgate{,.cjs}", {
    cwd: folder,
  });
  const started = performance.now();
  const child = spawn(join(folder, program), {
    env: { ...env, ...ENGINE },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    await once(child.stdout, "data");
    return { launch: performance.now() - started, resident: residentOf(child.pid ?? 0) / 1e6 };
  } finally {
    const ended = once(child, "close");
    child.kill();
    await ended;
  }
}

async function planned({ folder, env }: TerraformProject) {
  const started = performance.now();
  const child = spawn(engines().terraform, ["plan"], { cwd: folder, env, stdio: "ignore" });
  const most = watchProcesses(child);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`terraform plan ended with ${String(code)}`);
  return { formPlan: performance.now() - started, formMemory: most() };
}
