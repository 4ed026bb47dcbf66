import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const HELP = `Usage: pnpm test:properties [--runs N]

Runs the suites that have property tests, with N cases each (100,000 if absent).`;

const SUITES = "(listing|wire|vendor-error|instant|window|dynamic-value|histories|properties)\\.test\\.ts$";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "100000" }, help: { type: "boolean", default: false } },
});
if (values.help) {
  console.log(HELP);
} else {
  const env = { ...process.env, PROPERTY_RUNS: values.runs };
  const args = ["--testPathPatterns", SUITES, "--testTimeout", String(24 * 3_600_000)];
  process.exitCode = spawnSync("jest", args, { env, stdio: "inherit" }).status ?? 1;
}
