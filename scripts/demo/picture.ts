import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../build/packages.ts";
import { drawn } from "./picture/draw.ts";
import { scene } from "./picture/scene.ts";

const FILE = join(root, "docs/demo.svg");

/** Runs the demo, and draws what it printed about the gate into the picture of the README. */
export function drawPicture(): void {
  const child = spawn("node", ["--conditions=@auditgate/source", "scripts/demo.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (text: Buffer) => {
    output += text.toString();
    process.stdout.write(text);
  });
  child.once("close", (code) => {
    if (code === 0) writeFileSync(FILE, drawn(scene(output)));
    process.exitCode = code ?? 1;
  });
}
