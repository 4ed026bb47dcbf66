import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { camelCase, providerSchema } from "@auditgate/terraform-provider/schema";
import { encodings, secretWith, SPECIALS, TRACES } from "../../../test/canaries/secret.ts";
import { type Bench, createBench } from "./bench.ts";

jest.setTimeout(120_000);

const INSTALLED = resolve("examples/cdktf-gate/node_modules");
const secrets = Object.entries(providerSchema.provider.attributes).filter(([, { sensitive }]) => sensitive);

let bench: Bench;
afterEach(() => bench.remove());

/** A stack with all there is, and what the provider is given; `more` may be a mistake that fails the synthesis. */
const program = (given: object, more = "") => `
import { AuditGate, AuditgateProvider, DataAuditgateDwsAuditDumpRecords } from "@auditgate/cdktf-constructs";
import { App, Aspects, DataResource, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "release");
const provider = new AuditgateProvider(stack, "auditgate", ${JSON.stringify(given)});
const clusterId = "a0d17a7e-c001-4000-8000-000000000001";
const dwsAuditDumpRecords = [{ clusterIds: [clusterId], maxFailures: 0 }];
const evidence = { evidenceFile: "evidence.jsonl", replaceEvidence: true };
new AuditGate(stack, "gate", { dwsAuditDumpRecords, savedPlans: true, ...evidence }).guardStack();
new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId }).expectNoFailedDumps();
new DataResource(stack, "service");
${more}
app.synth();
console.error(JSON.stringify(stack.node.metadata), JSON.stringify(provider.node.metadata));
`;

const literals = (secret: string) => Object.fromEntries(secrets.map(([name]) => [camelCase(name), secret]));

/** What the program writes, by where it is. */
async function synthesized(text: string, env: { readonly [name: string]: string }) {
  bench = createBench(env);
  const folder = join(bench.folder, "program");
  mkdirSync(folder);
  symlinkSync(INSTALLED, join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "main.ts"), text);
  const { code, output } = await bench.node("main.ts", folder);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.startsWith("cdktf.out/") && statSync(join(folder, name)).isFile(),
  );
  const places = files.map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
  return { code, places: [["what is printed", output] as const, ...places] };
}

/** Places that hold the secret, or a trace of it. */
function holding(places: readonly (readonly [string, string])[], secret: string): readonly string[] {
  const traces = [...TRACES, ...Object.values(encodings).map((encoded) => encoded(secret))];
  return places.filter(([, text]) => traces.some((trace) => text.includes(trace))).map(([place]) => place);
}

describe.each(SPECIALS)("secrets with %s in them", (special) => {
  const secret = secretWith(special);

  test("that stand in the environment are in nothing that the synthesis writes", async () => {
    const env = Object.fromEntries(
      secrets.flatMap(([, { env: names = [] }]) => names.map((name) => [name, secret])),
    );
    expect(Object.keys(env).length).toBeGreaterThan(12);
    const { code, places } = await synthesized(program({}), env);
    expect([code, holding(places, secret)]).toEqual([0, []]);
    expect(places.map(([place]) => place)).toContain("cdktf.out/stacks/release/cdk.tf.json");
  });

  test("that stand in the program are in the configuration, which it warns of, and nowhere else", async () => {
    const { code, places } = await synthesized(program(literals(secret)), {});
    expect([code, holding(places, secret)]).toEqual([0, ["cdktf.out/stacks/release/cdk.tf.json"]]);
    expect(places[0]?.[1]).toContain("the synthesized configuration holds this in plain text");
  });
});

test.each([
  ["a misspelled argument of the provider", 'provider.addOverride("acess_key", "x");'],
  ["an argument that is no id", 'provider.projectId = "${file(1)}";'],
  [
    "a gate that is in another stack",
    'new DataResource(new TerraformStack(app, "other"), "x", { dependsOn: [stack.node.findChild("gate")] });',
  ],
])("secrets that stand in the program are in no error of %s", async (_, mistake) => {
  const secret = secretWith('"');
  const { code, places } = await synthesized(program(literals(secret), mistake), {});
  expect([code, holding(places, secret)]).toEqual([1, []]);
});
