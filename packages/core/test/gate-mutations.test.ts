import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, evaluateGate, verifyEvidence } from "@auditgate/core";
import { sample, startEmulator } from "@auditgate/emulator";
import fc from "fast-check";

jest.setTimeout(600_000);

test("evidence in which one byte is another one does not verify, with the digest that was kept elsewhere", async () => {
  const emulator = await startEmulator();
  const client = createClient({ env: emulator.env });
  const folder = mkdtempSync(join(tmpdir(), "auditgate-"));
  const evidenceFile = join(folder, "evidence.jsonl");
  const subject = sample.clusters.pendingChanges;
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
      ],
    },
    { evidenceFile },
  );
  const bytes = readFileSync(evidenceFile);
  await client.close();
  await emulator.close();
  rmSync(folder, { recursive: true });
  expect(await verifyEvidence(bytes.toString(), { verdictDigest })).toMatchObject({ valid: true });
  // The first byte tells a text from a path.
  const change = fc.tuple(fc.integer({ min: 1, max: bytes.length - 2 }), fc.integer({ min: 32, max: 126 }));
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
