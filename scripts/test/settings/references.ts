import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudCase } from "./cloud-cases.ts";
import type { Outcome } from "./compare.ts";
import type { IniCase } from "./ini-cases.ts";
import type { ProxyCase } from "./proxy-cases.ts";

const OPENSTACKSDK = "4.22.0";
const NET = "v0.62.0";
const cache = join(homedir(), ".cache", "auditgate-settings");
const sources = import.meta.dirname;

/** What openstacksdk and Python's RawConfigParser make of the cases; needs `python3` with `venv` and `pip`. */
export async function askPython(cases: readonly (CloudCase | IniCase)[]): Promise<readonly Outcome[]> {
  const folder = join(cache, `openstacksdk-${OPENSTACKSDK}`);
  const python = join(folder, "bin", "python");
  if (!existsSync(join(folder, "complete"))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    await run("python3", ["-m", "venv", folder], cache);
    await run(python, ["-m", "pip", "install", "--quiet", `openstacksdk==${OPENSTACKSDK}`], cache);
    writeFileSync(join(folder, "complete"), "");
  }
  const root = mkdtempSync(join(tmpdir(), "auditgate-reference-"));
  try {
    return parse(await run(python, [join(sources, "reference.py")], root, cases));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What Go's `golang.org/x/net/http/httpproxy` makes of the cases; needs `go`. */
export async function askGo(cases: readonly ProxyCase[]): Promise<readonly Outcome[]> {
  const folder = join(cache, `httpproxy-${NET}`);
  mkdirSync(folder, { recursive: true });
  cpSync(join(sources, "proxy.go"), join(folder, "main.go"));
  if (!existsSync(join(folder, "go.mod"))) await run("go", ["mod", "init", "proxies"], folder);
  await run("go", ["get", `golang.org/x/net/http/httpproxy@${NET}`], folder);
  return parse(await run("go", ["run", "."], folder, cases));
}

function parse(text: string): readonly Outcome[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Outcome);
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  cases: readonly unknown[] = [],
): Promise<string> {
  const child = spawn(program, args, { cwd, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(cases.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  let text = "";
  for await (const piece of child.stdout.setEncoding("utf8")) text += String(piece);
  const code = await ended;
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
  return text;
}
