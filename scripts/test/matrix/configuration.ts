import { sample } from "@auditgate/emulator";

/** Where the gate is, as seen from what it guards. */
export const PLACES = {
  root: "beside what it guards",
  module: "in a module of its own",
  nested: "in a module of a module",
  for_each: "in a module with `for_each`",
  middle: "in a module; what it guards in another one",
  bare: "in a module without the output",
} as const;

export const KINDS = ["data", "ephemeral", "both"] as const;

/** When the gate is judged. */
export const WAYS = {
  apply: "`plan` and `apply`",
  saved: "a plan saved before",
  deferred: "its arguments known only while applying",
  "saved, deferred": "a plan saved before, its arguments known only while applying",
} as const;

export const ACTIONS = ["create", "update", "replace", "replace, new one first", "drop"] as const;

export type Place = keyof typeof PLACES;
export type Kind = (typeof KINDS)[number];
export type Way = keyof typeof WAYS;
export type Action = (typeof ACTIONS)[number];

/** Names of the guarded resources, by what the second release does to them. */
export const GUARDED: { readonly [A in Action]: string } = {
  create: "created",
  update: "updated",
  replace: "replaced",
  "replace, new one first": "replaced_later",
  drop: "dropped",
};

interface Layout {
  readonly place: Place;
  readonly kind: Kind;
  readonly way: Way;
}

/** Files of the first or of the second release, without the required providers of the root module. */
export function filesOf(
  { place, kind, way }: Layout,
  release: "one" | "two",
): { readonly [file: string]: string } {
  const isDeferred = way.endsWith("deferred");
  const cluster = isDeferred
    ? `resource "terraform_data" "cluster" {
  input = { id = "${sample.clusters.healthy}", release = "${release}" }
}
`
    : "";
  const id = isDeferred ? "terraform_data.cluster.output.id" : `"${sample.clusters.healthy}"`;
  if (place === "root")
    return { "gate.tf": cluster + gate(kind, id), "main.tf": guarded(references(kind), release) };
  const call = (source: string, more = "") => `module "gate" {
  source  = "${source}"
  cluster = ${source === "./outer" || source === "./gate" ? id : "var.cluster"}
  ${more}
}
`;
  const inModule =
    MODULE + gate(kind, "var.cluster") + (place === "bare" ? "" : output(references(kind).join(", ")));
  const root =
    cluster +
    call(place === "nested" ? "./outer" : "./gate", place === "for_each" ? `for_each = toset(["a"])` : "");
  const held = guarded(["module.gate"], release);
  const service = 'module "service" {\n  source     = "./service"\n  depends_on = [module.gate]\n}\n';
  return {
    "gate.tf": root,
    ...(place === "nested" ? { "outer/main.tf": VARIABLE + call("../gate") + output("module.gate") } : {}),
    "gate/main.tf": inModule,
    ...(place === "middle"
      ? { "main.tf": service, "service/main.tf": guarded([], release) }
      : { "main.tf": held }),
  };
}

const VARIABLE = 'variable "cluster" {\n  type = string\n}\n';
const MODULE = `terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}
${VARIABLE}`;

/** What makes a gate in a module hold with OpenTofu, which drops an ephemeral resource that nothing refers to. */
function output(dependencies: string): string {
  return `output "judged" {
  value      = true
  depends_on = [${dependencies}]
}
`;
}

function references(kind: Kind): readonly string[] {
  const names = { data: ["data"], ephemeral: ["ephemeral"], both: ["data", "ephemeral"] }[kind];
  return names.map((name) => `${name}.auditgate_gate.release`);
}

function gate(kind: Kind, id: string): string {
  const block = (name: string, more = "") => `${name} "auditgate_gate" "release" {
  dws_audit_dump_records {
    cluster_ids  = [${id}]
    max_failures = 0
  }
  ${more}
}
`;
  const blocks = { data: [block("data")], ephemeral: [block("ephemeral")] };
  if (kind !== "both") return blocks[kind].join("");
  return block("data") + block("ephemeral", "depends_on = [data.auditgate_gate.release]");
}

function guarded(dependencies: readonly string[], release: "one" | "two"): string {
  const held = dependencies.length > 0 ? `depends_on = [${dependencies.join(", ")}]` : "";
  const resource = (action: Action, body: string) =>
    `resource "terraform_data" "${GUARDED[action]}" {\n  ${body}\n  ${held}\n}\n`;
  return [
    ...(release === "two" ? [resource("create", "")] : [resource("drop", "")]),
    resource("update", `input = "${release}"`),
    resource("replace", `triggers_replace = "${release}"`),
    resource(
      "replace, new one first",
      `triggers_replace = "${release}"\n  lifecycle {\n    create_before_destroy = true\n  }`,
    ),
  ].join("");
}
