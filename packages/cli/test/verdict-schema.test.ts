import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { auditgate } from "./run.ts";

jest.setTimeout(120_000);

const schema = createRequire(__filename)("@auditgate/core/verdict.schema.json") as object;
const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

const { clusters, instances } = sample;
const RULES = `
dwsAuditDumpRecords:
  - { clusterIds: ["*"], within: 7d, maxAge: 1h, maxFailures: 0, maxGap: 2h }
dwsParameterModificationRecords:
  - { clusterIds: ["${clusters.busy}"], noPending: true, maxChanges: 1 }
ddsAuditLogs:
  - { instanceIds: ["${instances.healthy}", "nothing-at-all"], within: 1d, minLogs: 1, maxGap: 1h }
`;
const PASSES = `
ddsAuditLogs:
  - { instanceIds: ["${instances.healthy}"], within: 1d, minLogs: 1 }
`;

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "auditgate-cli-"));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function verdictOf(policy: string, ...more: readonly string[]): Promise<string> {
  writeFileSync(join(folder, "policy.yaml"), policy);
  const args = ["check", "policy.yaml", "--quiet", "--format", "json", ...more];
  return (await auditgate(args, { env: emulator.env, cwd: folder })).stdout;
}

const at = () => new Date(Date.now() - 60_000).toISOString();

test.each<[string, string, () => readonly string[]]>([
  ["that passed", `version: 1${PASSES}`, () => []],
  ["with violations of every kind", `version: 1${RULES}`, () => []],
  ["that only warns", `version: 1\nenforcement: advisory${RULES}`, () => []],
  ["of a shard at an instant", `version: 1${RULES}`, () => ["--shard", "1/3", "--at", at()]],
  [
    "of a target that cannot be reached",
    `version: 1\ntargets:\n  - { name: away, endpoints: { dds: "http://127.0.0.1:1" }, maxRetries: 0 }${PASSES}`,
    () => [],
  ],
])("a verdict %s is as the published schema has it", async (_, policy, more) => {
  fits(JSON.parse(await verdictOf(policy, ...more())));
  expect(fits.errors).toBeNull();
});

test("the schema describes every field of a verdict, and refuses one that lacks any of them", async () => {
  const verdict = JSON.parse(await verdictOf(`version: 1${RULES}`)) as { readonly [name: string]: unknown };
  const { properties } = schema as {
    readonly properties: Readonly<Record<string, { description?: string }>>;
  };
  expect(Object.keys(properties).toSorted()).toEqual(Object.keys(verdict).toSorted());
  expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
  for (const name of Object.keys(verdict)) {
    const { [name]: __, ...rest } = verdict;
    expect([name, fits(rest)]).toEqual([name, false]);
  }
});
