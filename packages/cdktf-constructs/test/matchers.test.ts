import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import "cdktf/lib/testing/adapters/jest.js";
import { sample } from "@auditgate/emulator";
import { LocalBackend, TerraformStack, Testing } from "cdktf";
import { AuditgateProvider, DataAuditgateDwsAuditDumpRecords } from "../src/index.ts";
import { type Bench, createBench } from "./bench.ts";

Testing.setupJest();

// cdktf's matchers wait for Terraform without letting anything else run in this process: the emulator has its own.
let emulator: ChildProcess;
let bench: Bench;
const folders: string[] = [];
const before = { ...process.env };

beforeAll(async () => {
  const program = resolve("packages/emulator/src/main.ts");
  emulator = spawn(process.execPath, ["--conditions=@auditgate/source", program, "--port", "0"]);
  let greeting = "";
  while (!greeting.includes("AUDITGATE_SECRET_KEY=")) {
    const [chunk] = (await once(emulator.stdout ?? emulator, "data")) as [Buffer];
    greeting += chunk.toString();
  }
  bench = createBench(
    Object.fromEntries(
      [...greeting.matchAll(/^\s*export (\w+)='?([^\s']+)/gm)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]),
    ),
  );
  process.env = { ...bench.env };
});

afterAll(async () => {
  process.env = before;
  emulator.kill();
  await once(emulator, "exit");
  bench.remove();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function synth(clusterId: string): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AuditgateProvider(stack, "auditgate");
  new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId });
  const folder = Testing.fullSynth(stack);
  folders.push(folder);
  return folder;
}

test("a user's test can validate a stack", () => {
  expect(synth(sample.clusters.healthy)).toBeValidTerraform();
  expect(synth("not-a-guid")).not.toBeValidTerraform();
}, 60_000);

test("a user's test can plan a stack", () => {
  expect(synth(sample.clusters.healthy)).toPlanSuccessfully();
  expect(synth(sample.clusters.unknown)).not.toPlanSuccessfully();
}, 60_000);
