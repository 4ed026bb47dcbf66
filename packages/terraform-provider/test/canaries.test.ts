import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { echoes, encodings, secretWith, SPECIALS, TRACES } from "../../../test/canaries/secret.ts";
import { type EchoingService, startEchoingService } from "../../../test/canaries/service.ts";
import { CANARIES } from "./canary-kinds.ts";
import { createProject, type Project } from "./project.ts";

jest.setTimeout(180_000);

const ENGINES = ["terraform", "tofu"] as const;
const kinds = Object.keys(CANARIES);
// `npx pnpm@12 test canaries` tries all of them. These are each kind once, each character and both engines several times.
const tried = ENGINES.flatMap((engine, parity) =>
  kinds.flatMap((kind, index) =>
    SPECIALS.map((special, at) => ({
      engine,
      kind,
      special,
      isOne: at === index % 7 && index % 2 === parity,
    })),
  ),
).filter(({ isOne }) => isOne || process.env["CANARIES"] === "all");

/** Every encoding in every place of an answer: what is said of each of so many clusters. */
const ways = Object.values(encodings).flatMap((encoded) =>
  Object.values(echoes).map((echo) => (secret: string) => echo(encoded(secret))),
);
/** Advisory gates, whose findings are in plan, state, outputs and evidence; and readings that fail, if they are wanted. */
const MAIN = `
variable "readings" {
  default = false
}
locals {
  ways    = toset([for index in range(${ways.length}) : format("%012d", index)])
  cluster = "a0d17a7e-c001-4000-8000-"
}
data "auditgate_gate" "gate" {
  for_each    = local.ways
  enforcement = "advisory"
  dws_audit_dump_records {
    cluster_ids  = ["\${local.cluster}\${each.value}"]
    max_failures = 0
  }
  # Each signs in for itself.
  project_id       = "p\${each.value}"
  evidence_file    = "evidence-\${each.value}.jsonl"
  replace_evidence = true
}
data "auditgate_dws_parameter_modification_records" "changes" {
  for_each   = var.readings ? local.ways : []
  cluster_id = "\${local.cluster}\${each.value}"
  project_id = "p\${each.value}"
}
output "violations" {
  value = [for gate in data.auditgate_gate.gate : gate.violations]
}
`;

let service: EchoingService;
beforeAll(async () => {
  service = await startEchoingService();
});
afterAll(() => service.close());

/** Where what is said of a refusal is found, among others. */
const IMPORTANT = [
  ...ways.map((_, index) => `evidence-${String(index).padStart(12, "0")}.jsonl`),
  "terraform.tfstate",
  "trace.log",
  "the plan",
  "what is printed",
] as const;

/** All that the commands of a release write and leave behind, by where it is. */
async function everythingOf(project: Project, isInConfiguration: boolean) {
  const plan = await project.run("plan", "-no-color", "-out=saved.plan");
  expect([plan.code, plan.stderr]).toEqual([0, expect.any(String)]);
  const shown = JSON.parse(await project.succeed("show", "-json", "saved.plan")) as object;
  const outputs = [
    await project.run("apply", "-json", "saved.plan"),
    await project.run("show", "-json"),
    await project.run("output", "-json"),
    await project.run("plan", "-json", "-var=readings=true"),
    await project.run("plan", "-no-color", "-var=readings=true"),
  ];
  expect(outputs.map(({ code }) => code)).toEqual([0, 0, 0, 1, 1]);
  const read = (name: string) => readFileSync(join(project.folder, name), "utf8");
  const files = readdirSync(project.folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(project.folder, name)).isFile())
    // What the engine itself keeps of a configuration; a saved plan is packed, and shown below.
    .filter(
      (name) =>
        !/^(main\.tf|clouds\.yaml|saved\.plan|terraform\.d\/.*|\.terraform\/providers\/.*)$/.test(name),
    );
  return {
    ...Object.fromEntries(files.map((name) => [name, read(name)])),
    "what is printed": [plan, ...outputs].map(({ stdout, stderr }) => stdout + stderr).join("\n"),
    // Engines show a configuration's literals there, and only there.
    "the plan": JSON.stringify({ ...shown, ...(isInConfiguration && { configuration: undefined }) }),
  };
}

test.each(tried)(
  "with $engine, a service that says the $kind, with $special in it, gets it into nothing that anyone reads",
  async ({ engine, kind, special }) => {
    const secret = secretWith(special);
    const {
      configuration = "",
      env = {},
      files = [],
      iamRefuses = false,
    } = CANARIES[kind]!(secret, service.url);
    let asked = 0;
    service.say({
      issued: secret,
      refusal: (path) =>
        (ways[Number(/([\d]{12})/.exec(path)?.[1] ?? asked++ % ways.length)] ?? ways[0])!(secret),
      requestId: secret,
      iamRefuses,
    });
    const project = createProject({
      engine,
      main: `provider "auditgate" {\n  region = "eu-de"\n${configuration}  endpoints = ${JSON.stringify({ dws: service.url, dds: service.url, iam: service.url })}\n}\n${MAIN}`,
      env: { ...env, AUDITGATE_MAX_RETRIES: "0", TF_LOG: "TRACE", TF_LOG_PATH: "trace.log" },
    });
    try {
      for (const [name, text] of files) project.write(name, text);
      await project.succeed("init", "-no-color");
      const places = await everythingOf(project, configuration !== "");
      const refused = Object.entries(places).filter(([, text]) =>
        /ERR_(ARGUMENT|UNAUTHENTICATED)/.test(text),
      );
      expect(refused.map(([place]) => place)).toEqual(expect.arrayContaining([...IMPORTANT]));
      for (const [place, text] of Object.entries(places)) {
        const written = [...new Set(Object.values(encodings).map((encoded) => encoded(secret)))];
        expect([place, [...TRACES, ...written].filter((trace) => text.includes(trace))]).toEqual([place, []]);
      }
    } finally {
      project.remove();
    }
  },
);
