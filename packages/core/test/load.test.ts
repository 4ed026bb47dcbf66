import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { withManyChanges } from "./busy-cluster.ts";

jest.setTimeout(600_000);

// `pnpm test load` sets a million.
const count = Number(process.env["LOAD_RECORDS"] ?? 50_000);
const MB = 1_000_000;

interface Taken {
  readonly count: number;
  readonly ms: number;
  readonly peakRss: number;
  readonly grownBytes: number;
}

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ data: withManyChanges(count) });
});

afterAll(() => emulator.close());

async function take(mode: "read" | "stream", ...flags: readonly string[]): Promise<Taken> {
  const reader = join(__dirname, "load", "reader.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@auditgate/source", "--expose-gc", ...flags, reader, mode],
    { env: { ...process.env, ...emulator.env } },
  );
  const taken = JSON.parse(stdout) as Taken;
  console.log(
    `${mode} ${taken.count} records ${flags.join(" ")}: ${(taken.count / (taken.ms / 1000)).toFixed(0)} records/s, peak RSS ${(taken.peakRss / MB).toFixed(0)} MB, heap grew by ${(taken.grownBytes / MB).toFixed(1)} MB`,
  );
  return taken;
}

test("a stream keeps nothing of what has passed", async () => {
  const taken = await take("stream");
  expect(taken.count).toBe(count);
  expect(taken.grownBytes).toBeLessThan(15 * MB);
  expect(taken.peakRss).toBeLessThan(256 * MB);
});

test("a reading keeps little more than its records", async () => {
  const taken = await take("read");
  expect(taken.count).toBe(count);
  expect(taken.grownBytes).toBeLessThan(Math.max(20, count * 0.0012) * MB);
});
