import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, evaluateGate, type ProgramCheck, verifyEvidence } from "@auditgate/core";
import { sample, startEmulator } from "@auditgate/emulator";
import fc from "fast-check";

jest.setTimeout(600_000);

const subject = sample.clusters.pendingChanges;

const CALM: ProgramCheck = {
  rule: "calm",
  query: "dws_parameter_modification_records",
  subject,
  region: null,
  projectId: null,
  digest: "0".repeat(64),
  expected: "no change by hand",
  outcome: "said-which",
  reason: null,
  against: ["7", "8"].map((id) => ({ seen: { id }, text: JSON.stringify({ id }) })),
};

test("evidence in which one byte is another one does not verify, with the digest that was kept elsewhere", async () => {
  const emulator = await startEmulator();
  const client = createClient({ env: emulator.env });
  const folder = mkdtempSync(join(tmpdir(), "auditgate-"));
  const evidenceFile = join(folder, "evidence.jsonl");
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const { verdictDigest } = await evaluateGate(
    client,
    {
      dwsParameterModificationRecords: [
        { clusterIds: [subject], within: "30d", maxFailed: 0, noPending: true },
      ],
      acknowledged: [
        {
          rule: "dws.modification.max-failed",
          subject,
          record: { id: "12" },
          reason: "known",
          since: day(-1),
          until: day(9),
        },
        {
          rule: "check.calm",
          subject,
          record: { id: "7" },
          reason: "seen",
          since: day(-1),
          until: day(9),
        },
      ],
    },
    { evidenceFile, checks: [CALM] },
  );
  const bytes = readFileSync(evidenceFile);
  await client.close();
  await emulator.close();
  rmSync(folder, { recursive: true });
  expect(await verifyEvidence(bytes.toString(), { verdictDigest })).toMatchObject({ valid: true });
  const lines = bytes.toString().split("\n");
  const starts = lines.map((_, index) => lines.slice(0, index).join("\n").length + (index === 0 ? 0 : 1));
  // As often in the check or in the verdict with its policy as in all records together.
  const within = (line: number) =>
    fc.integer({ min: starts[line]!, max: starts[line]! + lines[line]!.length - 1 });
  const place = fc.oneof(
    // The first byte tells a text from a path.
    fc.integer({ min: 1, max: bytes.length - 2 }),
    within(lines.length - 3),
    within(lines.length - 2),
  );
  expect(lines.at(-3)).toMatch(/^{"evidence":"check"/);
  expect(lines.at(-2)).toMatch(/^{"evidence":"verdict".*"acknowledged":\[{.*check\.calm/);
  const change = fc.tuple(place, fc.integer({ min: 32, max: 126 }));
  await fc.assert(
    fc.asyncProperty(change, async ([at, byte]) => {
      fc.pre(bytes[at] !== byte);
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      const { valid } = await verifyEvidence(changed.toString(), { verdictDigest });
      expect(valid).toBe(false);
    }),
  );
});
