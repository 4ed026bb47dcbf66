import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Bench, Env } from "./bench.ts";
import { form } from "../forms/runtime.ts";
import { addToPython, addToYaml, openBridge, openBridgeWithoutNode, program } from "./bridge.ts";
import { camelCased, type Door, type Readings } from "./door.ts";
import { pulumiProject } from "./pulumi.ts";

/** YAML's values have no null: what is null is not there. */
function withoutNulls<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => inner ?? undefined)) as T;
}

const QUERIES = {
  dumps: ["getDwsAuditDumpRecords", { clusterId: "${clusterId}" }],
  changes: ["getDwsParameterModificationRecords", { clusterId: "${clusterId}" }],
  logs: [
    "getDdsAuditLogs",
    { instanceId: "${instanceId}", startTime: "${startTime}", endTime: "${endTime}" },
  ],
  clusters: ["getDwsClusters", {}],
  instances: ["getDdsInstances", { mode: "ReplicaSet" }],
} as const;

const ASKED = ["clusterId", "instanceId", "startTime", "endTime"];

/** A YAML program asks its configuration, for it sees no environment. With the provider's executable there is no Node.js. */
export const yamlDoor: Door = {
  name: "Pulumi's bridge in YAML",
  open: async (bench, literals = {}) => {
    writeFileSync(
      join(bench.folder, "Pulumi.yaml"),
      JSON.stringify(yamlProgram(camelCased(literals)), null, 2),
    );
    const bridged = await (form() === "standalone" ? openBridgeWithoutNode(bench) : openBridge(bench));
    await addToYaml(bench, bridged);
    return pulumiProject(bridged.pulumi, (env) => configuration({ ...bench.env, ...env }));
  },
  arrives: withoutNulls<Readings>,
};

function yamlProgram(literals: Env): object {
  const explicit = Object.keys(literals).length > 0;
  const options = explicit ? { options: { provider: "${literal}" } } : {};
  const variables = Object.entries(QUERIES).map(([name, [fn, args]]) => [
    name,
    { "fn::invoke": { function: `auditgate:${fn}`, arguments: args, ...options } },
  ]);
  return {
    name: "doors",
    runtime: "yaml",
    config: Object.fromEntries(ASKED.map((name) => [name, { type: "string" }])),
    resources: explicit ? { literal: { type: "pulumi:providers:auditgate", properties: literals } } : {},
    variables: Object.fromEntries(variables) as object,
    outputs: Object.fromEntries(Object.keys(QUERIES).map((name) => [name, `\${${name}}`])),
  };
}

function configuration(env: Env): string[] {
  return ASKED.flatMap((name) => {
    const variable = `TF_VAR_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    return ["--config", `${name}=${env[variable] ?? ""}`];
  });
}

/** A Python program, as main.tf. */
export const pythonDoor: Door = {
  name: "Pulumi's bridge in Python",
  open: async (bench, literals = {}) => {
    writePython(bench, { "__main__.py": program("bridged.py"), "literals.json": JSON.stringify(literals) });
    const bridged = await openBridge(bench, { PYTHONPATH: join(bench.folder, "site") });
    await addToPython(bench, bridged);
    return pulumiProject(bridged.pulumi);
  },
  showsStacks: true,
};

function writePython(bench: Bench, files: Readonly<Record<string, string>>): void {
  const all = { "Pulumi.yaml": "name: doors\nruntime: python\n", ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(bench.folder, name), text);
}
