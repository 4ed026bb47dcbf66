/** Writes src/protocol/gen from src/protocol/proto: `node generate-proto.ts`. */
import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const programs = join(root, "node_modules", ".bin");
// buf finds its plugin, ts-proto, on the PATH.
execFileSync(join(programs, "buf"), ["generate", "src/protocol/proto"], {
  cwd: import.meta.dirname,
  env: { ...process.env, PATH: [programs, process.env["PATH"]].join(delimiter) },
  stdio: "inherit",
});
