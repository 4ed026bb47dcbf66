import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./run.ts";

jest.setTimeout(60_000);

const POLICY = `version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], maxFailures: 0 }
`;

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.reset();
  folder = mkdtempSync(join(tmpdir(), "auditgate-cli-"));
  writeFileSync(join(folder, "policy.yaml"), POLICY);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle of a check ends it at once with 130, and leaves no file",
  async (signal) => {
    emulator.inject({ on: "dumps", connection: "hang" });
    let stoppedAt = NaN;
    const { code, stdout } = await auditgate(
      [
        "check",
        "policy.yaml",
        "--evidence",
        "evidence.jsonl",
        "--format",
        "json",
        "--output",
        "verdict.json",
      ],
      {
        env: emulator.env,
        cwd: folder,
        begun: (child) => {
          void (async () => {
            // The list is read by then, and part of the evidence is written.
            if (child.stderr) await once(child.stderr, "data");
            await wait(200);
            stoppedAt = performance.now();
            child.kill(signal);
          })();
        },
      },
    );
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
    expect(readdirSync(folder)).toEqual(["policy.yaml"]);
  },
);

test("who waits because the service asks to slow down is told so, once for each target", async () => {
  emulator.inject({ on: "dumps", status: 429, retryAfter: "2", times: 1 });
  const { code, stderr } = await auditgate(["check", "policy.yaml"], { env: emulator.env, cwd: folder });
  expect(stderr).toContain("the service asks to slow down, waiting 2 s\n");
  expect(stderr).not.toContain("warning:");
  expect(code).toBe(1);
});
