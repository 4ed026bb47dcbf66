import type { Emulator } from "./contract.ts";
import type { Cluster, Instance } from "./data/data.ts";

/** What a person needs after the start: the address, lines to paste, what can be asked for, how to change it. */
export function startText({ url, env, data }: Emulator): string {
  const cluster = data.clusters[0];
  return [
    `auditgate emulator: DWS, DDS and IAM at ${url} (Ctrl-C stops it)`,
    section(
      "Point a program at it",
      Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)}`),
    ),
    section("DWS clusters", describe(data.clusters, env)),
    section("DDS instances", describe(data.instances, env)),
    ...(cluster === undefined
      ? []
      : [
          section("Change it while it runs; here the newest dump fails", [
            `curl -X PATCH ${url}/_emulator/clusters/${cluster.id}/dumps/latest \\`,
            `     -d '{ "result": "FAILED", "failed_reason": "The bucket is full." }'`,
          ]),
        ]),
    "",
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string {
  return `\n${title}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

const mostShown = 12;

/** Ids in one column; the project is named where it is not the one of the environment. */
function describe(owners: readonly (Cluster | Instance)[], env: Emulator["env"]): string[] {
  if (owners.length === 0) return ["none"];
  const shown = owners.slice(0, mostShown).map(({ id, name, note, projectId }) => {
    const elsewhere = projectId === env["AUDITGATE_PROJECT_ID"] ? "" : ` (project ${projectId})`;
    return `${id}  ${note ?? name}${elsewhere}`;
  });
  return owners.length > mostShown
    ? [...shown, `and ${owners.length - mostShown} more, in ${env["AUDITGATE_DWS_ENDPOINT"]}/_emulator/data`]
    : shown;
}

function quote(value: string): string {
  return /^[\w.:/@+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
