import { createClient, dwsParameterModificationRecords, read } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import fc from "fast-check";

jest.setTimeout(120_000);

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

test("whatever text an argument holds, the emulator's own implementation accepts the signature", async () => {
  await using client = createClient({ env: emulator.env });
  const text = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.string({ unit: "grapheme", minLength: 1 }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (filter) => {
      const args = { clusterId: sample.clusters.empty, filterBy: "operator", filter };
      expect((await read(client, dwsParameterModificationRecords, args)).records).toEqual([]);
    }),
  );
});
