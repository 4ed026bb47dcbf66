import { readdirSync } from "node:fs";
import { join } from "node:path";
import { verifyEvidence } from "@auditgate/core";
import { sample } from "@auditgate/emulator";
import { setUpSuite } from "./suite.ts";

jest.setTimeout(120_000);

const POLICY = `version: 1
targets:
  - { name: own }
  - { name: fleet, projectId: ${sample.fleet.project.id} }
dwsAuditDumpRecords:
  - { clusterIds: ["*"], maxFailures: 0, maxAge: 2h }
ddsAuditLogs:
  - { instanceIds: ["*"], within: 1d, minLogs: 1, nodeIds: ["*"] }
`;

const suite = setUpSuite(POLICY);

/** Without what differs between two requests. */
function comparable(text: string): unknown {
  return JSON.parse(text.replaceAll(/request [0-9a-f]{32}/g, "request"));
}

test("a fleet of two workers finds what one process finds, and status shows them", async () => {
  const workers = ["one", "two"].map((name) =>
    suite.estate.fleet("work", "policy.yaml", "--folder", "runs", "--name", name, "--slots", "2"),
  );
  await Promise.all(workers.map((worker) => worker.says("worker ")));
  const at = new Date(Date.now() - 60_000).toISOString();
  const { code, stdout, stderr } = await suite.estate.fleet(
    "run",
    "policy.yaml",
    "--folder",
    "runs",
    "--at",
    at,
    "--slice",
    "20",
    "--format",
    "json",
  ).ended;
  expect(stderr).toContain("fleet: 141 audit trails judged\n");
  const whole = await suite.estate.cli("check", "policy.yaml", "--at", at, "--format", "json", "--quiet")
    .ended;
  expect(comparable(stdout)).toEqual(comparable(whole.stdout));
  expect(code).toBe(whole.code);

  const status = await suite.estate.fleet("status", "--format", "json").ended;
  const { runs, workers: there } = JSON.parse(status.stdout);
  expect(runs).toEqual([]);
  expect(there.map(({ name }: { name: string }) => name).toSorted()).toEqual(["one", "two"]);

  const [run = ""] = readdirSync(join(suite.estate.folder, "runs")).filter((name) => name !== "drafts");
  const files = readdirSync(join(suite.estate.folder, "runs", run));
  const evidence = files.filter((file) => file.endsWith(".evidence.jsonl"));
  expect(evidence.length).toBe(files.filter((file) => file.endsWith(".verdict.json")).length);
  expect(files).toHaveLength(2 * evidence.length + 1);
  const checks = await Promise.all(
    evidence.map((file) => verifyEvidence(join(suite.estate.folder, "runs", run, file))),
  );
  expect(checks.filter(({ valid }) => !valid)).toEqual([]);
});
