import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const HELP = `Usage: pnpm test:load [--records N]

Streams and reads N records (1,000,000 if absent) and prints rates and memory.`;

const { values } = parseArgs({
  options: { records: { type: "string", default: "1000000" }, help: { type: "boolean", default: false } },
});
if (values.help) {
  console.log(HELP);
} else {
  const env = { ...process.env, LOAD_RECORDS: values.records };
  const args = ["--testPathPatterns", "load\\.test\\.ts$", "--runInBand"];
  process.exitCode = spawnSync("jest", args, { env, stdio: "inherit" }).status ?? 1;
}
