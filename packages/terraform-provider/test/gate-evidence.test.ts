import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { verifyEvidence } from "@auditgate/core";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import {
  deployed,
  failNewestDump,
  gated,
  type GateKind,
  gateProject,
  NO_FAILED_DUMP,
  onlyError,
} from "./gate-project.ts";
import type { Project } from "./project.ts";

jest.setTimeout(120_000);

const DIGESTS = `
output "evidence_digest" {
  value = data.auditgate_gate.gate.evidence_digest
}
output "verdict_digest" {
  value = data.auditgate_gate.gate.verdict_digest
}`;
const INTO_FILE = '  evidence_file = "evidence.jsonl"';
const REPLACED = `${INTO_FILE}\n  replace_evidence = true`;

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    project.remove();
    await emulator.reset();
  });
  afterAll(() => emulator.close());

  const prepare = async (evidence: string, kind: GateKind = "data") => {
    const main = gated(`${NO_FAILED_DUMP}\n${evidence}`, kind, kind === "data" ? DIGESTS : "");
    project = await gateProject(engine, emulator, main);
  };
  const file = () => join(project.folder, "evidence.jsonl");
  const verdict = () =>
    JSON.parse(readFileSync(file(), "utf8").trim().split("\n").at(-1) ?? "") as { readonly passed: boolean };
  const apply = (...args: string[]) => project.run("apply", "-auto-approve", "-json", ...args);
  const place = () => join(project.folder, "audit");
  const partial = () => readdirSync(project.folder).filter((name) => name.endsWith(".partial"));

  test("a gate writes its evidence where the engine runs, for its owner alone, and gives out both digests of it", async () => {
    await prepare(INTO_FILE);
    await project.succeed("validate");
    expect(existsSync(file())).toBe(false);
    await project.succeed("apply", "-auto-approve");
    const outputs = JSON.parse(await project.succeed("output", "-json")) as {
      readonly [name: string]: { readonly value: string };
    };
    const digests = {
      evidenceDigest: outputs["evidence_digest"]?.value,
      verdictDigest: outputs["verdict_digest"]?.value,
    };
    expect(await verifyEvidence(file(), digests)).toMatchObject({ valid: true, problems: [] });
    expect(verdict()).toMatchObject({
      passed: true,
      place: { region: sample.region, projectId: sample.project.id },
      policy: { dwsAuditDumpRecords: [{ clusterIds: [sample.clusters.healthy], maxFailures: 0 }] },
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(partial()).toEqual([]);
    writeFileSync(file(), readFileSync(file(), "utf8").replaceAll(`"${sample.region}"`, '"eu-nl"'));
    expect((await verifyEvidence(file(), digests)).valid).toBe(false);
  });

  test("evidence that is there is not replaced unasked: the gate is closed by it, and nothing is read", async () => {
    await prepare(INTO_FILE);
    await project.succeed("apply", "-auto-approve");
    const [before, asked] = [readFileSync(file(), "utf8"), emulator.requests.length];
    const error = onlyError(await apply("-var=release=two"));
    expect(error).toMatchObject({
      summary: "Invalid argument",
      detail: expect.stringMatching(/evidence\.jsonl is there already: .*set replace_evidence to replace it/),
      snippet: { code: expect.stringContaining("evidence_file") },
    });
    expect(emulator.requests).toHaveLength(asked);
    expect(readFileSync(file(), "utf8")).toBe(before);
    expect(deployed(project, "guarded")).toEqual(["one"]);
  });

  test("a closed gate leaves the evidence of why, in the place of what was there where that is asked for", async () => {
    await prepare(REPLACED);
    await project.succeed("apply", "-auto-approve");
    expect(verdict()).toMatchObject({ passed: true });
    failNewestDump(emulator);
    onlyError(await apply("-var=release=two"));
    expect(verdict()).toMatchObject({ passed: false, violations: [{ ruleId: "dws.dump.max-failures" }] });
    expect(await verifyEvidence(file())).toMatchObject({ valid: true });
    expect(deployed(project, "guarded")).toEqual(["one"]);
  });

  test("an ephemeral gate leaves the evidence of the apply, also of a saved plan that it stops", async () => {
    await prepare(REPLACED, "ephemeral");
    await project.succeed("apply", "-auto-approve");
    await project.succeed("plan", "-out=two.plan", "-var=release=two");
    expect(verdict()).toMatchObject({ passed: true });
    failNewestDump(emulator);
    expect(await project.run("apply", "two.plan")).toMatchObject({ code: 1 });
    expect(verdict()).toMatchObject({ passed: false });
    expect(await verifyEvidence(file())).toMatchObject({ valid: true });
    expect(deployed(project, "guarded")).toEqual(["one"]);
  });

  test.each([
    [
      "an ephemeral gate whose evidence could be written once",
      INTO_FILE,
      "ephemeral",
      /replace_evidence = true/,
    ],
    ["replace_evidence alone", "replace_evidence = true", "data", /goes with evidence_file/],
    ["an empty path", 'evidence_file = ""', "data", /evidence_file must be a text that is not empty/],
  ] as const)("%s is refused by validate", async (_, evidence, kind, words) => {
    await prepare(evidence, kind);
    const { valid, diagnostics } = JSON.parse((await project.run("validate", "-json")).stdout) as {
      readonly valid: boolean;
      readonly diagnostics: readonly { readonly detail: string }[];
    };
    expect([valid, diagnostics.length]).toEqual([false, 1]);
    expect(diagnostics[0]?.detail).toMatch(words);
  });

  test.each<[string, () => void]>([
    ["in a folder that is not there", () => undefined],
    ["at a link of someone else's", () => symlinkSync("/etc/hostname", join(place(), "evidence.jsonl"))],
    ["at a folder", () => mkdirSync(join(place(), "evidence.jsonl"))],
  ])("evidence %s closes the gate before anything is read", async (where, happen) => {
    await prepare('  evidence_file = "audit/evidence.jsonl"');
    if (!where.includes("not there")) {
      mkdirSync(place());
      happen();
    }
    const asked = emulator.requests.length;
    expect(onlyError(await apply()).detail).toMatch(
      /audit\/evidence\.jsonl (cannot be written|is there already)/,
    );
    expect(emulator.requests).toHaveLength(asked);
    expect(deployed(project, "guarded")).toEqual([]);
  });
});
