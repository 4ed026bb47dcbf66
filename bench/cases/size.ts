import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

import { sample } from "@auditgate/emulator";

import { engines } from "../../scripts/engines/locate.ts";
import { programsFolder, run, scratch } from "../program.ts";
import { pulumiProject } from "../pulumi-project.ts";
import type { Case, Row } from "../result.ts";
import { type Server, startServer } from "../serving.ts";
import { auditgateProject, DATA_SOURCES } from "../terraform-project.ts";

const packages = resolve(import.meta.dirname, "../../packages");
const RECORDS = 1_000;

/** What is shipped, and what is kept in states. */
export const sizeCase: Case = {
  name: "size",
  about: "sizes of what is shipped, of Pulumi's closure, and of states",
  runs: 1,
  async run({ report }) {
    const server = await startServer({ parameterRecords: RECORDS, newest: new Date().toISOString() });
    try {
      report("what is shipped");
      const shipped = shippedRows();
      report("terraform apply");
      const terraform = await terraformRows(server);
      report("pulumi up");
      const pulumi = await pulumiRows(server);
      return {
        title: "Sizes",
        ratios: [],
        rows: [...shipped, ...terraform, ...pulumi],
        charts: [],
        notes: [
          "The sample data has some 30 records of each kind; the closure is in the state once a resource.",
        ],
      };
    } finally {
      await server.close();
    }
  },
};

function row(subject: string, what: string, bytes: number): Row {
  const value = bytes / 1_000;
  return { subject, what, unit: "kB", runs: 1, median: value, low: value, high: value };
}

function shippedRows(): readonly Row[] {
  const provider = join(packages, "terraform-provider", "dist", "provider");
  const bundles = readdirSync(provider).filter((name) => name.endsWith(".cjs"));
  return [
    ...bundles.flatMap((name) => {
      const bytes = readFileSync(join(provider, name));
      return [row(name, "bundle", bytes.length), row(name, "bundle, gzip", gzipSync(bytes).length)];
    }),
    ...["core", "pulumi-provider", "cdktf-constructs"].map((folder) => {
      const dist = join(packages, folder, "dist");
      const modules = readdirSync(dist).filter((name) => name.endsWith(".js"));
      const bytes = modules.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
      return row(`@auditgate/${folder}`, "ES modules", bytes);
    }),
  ];
}

async function terraformRows(server: Server): Promise<readonly Row[]> {
  const place = { scratch: scratch(), server };
  try {
    const many = `data "auditgate_dws_parameter_modification_records" "many" {\n  cluster_id = "${sample.clusters.busy}"\n}\n`;
    const rows: Row[] = [];
    for (const [subject, name, dataSources] of [
      ["Terraform, 3 data sources of the sample data", "three", DATA_SOURCES],
      [`Terraform, 1 data source of ${RECORDS} records`, "many", [many]],
    ] as const) {
      const { folder, env } = await auditgateProject(place, name, dataSources);
      await run(engines().terraform, ["apply", "-auto-approve"], { cwd: folder, env });
      rows.push(row(subject, "state", statSync(join(folder, "terraform.tfstate")).size));
    }
    return rows;
  } finally {
    place.scratch.remove();
  }
}

interface PulumiState {
  readonly deployment: {
    readonly resources: readonly { readonly inputs?: Readonly<Record<string, unknown>> }[];
  };
}

async function pulumiRows(server: Server): Promise<readonly Row[]> {
  const programs = programsFolder();
  try {
    const { folder, env } = pulumiProject(programs, "auditgate", server);
    const at = { cwd: folder, env };
    const { pulumi } = engines();
    await run(pulumi, ["stack", "init", "dev", "--non-interactive"], at);
    await run(pulumi, ["up", "--yes", "--skip-preview", "--non-interactive"], at);
    const text = await run(pulumi, ["stack", "export"], at);
    const { deployment } = JSON.parse(text) as PulumiState;
    const closures = deployment.resources.map(({ inputs }) => JSON.stringify(inputs?.["__provider"] ?? ""));
    return [
      row("Pulumi, 3 resources of the sample data", "state", text.length),
      row("Pulumi, one resource", "closure", Math.max(...closures.map(({ length }) => length))),
    ];
  } finally {
    programs.remove();
  }
}
