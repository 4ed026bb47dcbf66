import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { GoModule } from "./engine.ts";

/**
 * Builds a program from its Go module, pinned by the go.mod and go.sum of `folder`.
 *
 * No `-trimpath`: Go would compile every package a second time for it.
 *
 * @throws {Error} with the last lines `go` printed.
 */
export async function goBuild(
  module: GoModule,
  folder: string,
  output: string,
  report: (text: string) => void,
): Promise<void> {
  const go = (args: string[], onLine: (line: string) => void) =>
    runGo(args, join(folder, module.folder), onLine);
  let packages = 0;
  report("downloading Go modules");
  await go(["list", "-mod=readonly", "-deps", module.package], () => packages++);
  let compiled = 0;
  report("compiling");
  const ldflags = ["-s", "-w", module.ldflags ?? ""].join(" ").trim();
  await go(["build", "-mod=readonly", "-v", "-ldflags", ldflags, "-o", output, module.package], () => {
    report(`compiled ${++compiled} of at most ${packages} Go packages`);
  });
}

/** Where the sources of a module's package are, in Go's cache. */
export async function packageFolder(module: GoModule, folder: string): Promise<string> {
  let found = "";
  const args = ["list", "-mod=readonly", "-f", "{{.Dir}}", module.package];
  await runGo(args, join(folder, module.folder), (line) => (found = line));
  return found;
}

async function runGo(args: string[], cwd: string, onLine: (line: string) => void): Promise<void> {
  // A compiler for C is often half there; none of the programs needs one. A go.work of the user is not for these builds.
  const env = { CGO_ENABLED: "0", ...process.env, GOWORK: "off" };
  const child = spawn("go", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  // Somebody may be watching something else meanwhile.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  const tail: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    tail.push(line);
    if (tail.length > 5) tail.shift();
    // `go build -v` names each package it compiles here, one word a line.
    if (args[0] === "build" && !line.includes(" ")) onLine(line);
  });
  createInterface({ input: child.stdout }).on("line", onLine);
  const code = await ended.finally(() => process.off("exit", stop));
  if (code !== 0) throw new Error(`\`go ${args[0]}\` failed: ${tail.join(" / ")}`);
}
