import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

// Each test starts several processes.
jest.setTimeout(60_000);

const main = join(__dirname, "main.ts");
const folder = mkdtempSync(join(tmpdir(), "auditgate-emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", maxBuffer: 1e8 });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("--help explains every option", () => {
  const { status, stdout } = run("--help");
  expect(status).toBe(0);
  for (const option of [
    "--port",
    "--host",
    "--data",
    "--export",
    "--seed",
    "--anchor",
    "--latency",
    "--fault",
    "--quiet",
  ])
    expect(stdout).toContain(option);
});

test("--export prints a data set that --data takes, and that comes out unchanged", () => {
  const first = run("--export", "--anchor", "2026-01-31T12:00:00Z");
  expect(first.status).toBe(0);
  const second = run("--export", "--data", file("exported.json", first.stdout));
  expect(second.stdout).toBe(first.stdout);
});

test.each([
  ["an unknown option", ["--prot", "1"], "auditgate-emulator: Unknown option '--prot'"],
  ["a bad port", ["--port", "many"], "--port: expected a whole number from 0 to 65535, found many"],
  ["a missing file", ["--data", "/nowhere/data.json"], "/nowhere/data.json: ENOENT"],
  ["an unknown fault", ["--fault", "nope"], "expected a fault or the name of one (refuse, reset,"],
  ["a bad anchor", ["--anchor", "now"], "--anchor: expected a time such as"],
])("%s is one clear error", (_, args, message) => {
  const { status, stdout, stderr } = run(...args);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a bad data file names the place inside the JSON and what would be right", () => {
  const path = file("bad.json", '{ "clusters": [{ "id": "x" }] }');
  const { status, stderr } = run("--data", path);
  expect(status).toBe(1);
  expect(stderr.split("\n")[0]).toBe(`${path}: clusters[0].name: expected a text, found nothing`);
});

test("it says where it listens, answers there, and ends at once on SIGTERM", async () => {
  const child = spawn(process.execPath, [main, "--port", "0", "--fault", "unavailable"]);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.includes("curl")) break;
  }
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(lines[0] ?? "")?.[0];
  expect(lines).toContain(`  export AUDITGATE_DWS_ENDPOINT=${url}`);
  const response = await fetch(`${url}/v1.0/p/clusters/c/audit-log-records`);
  expect(response.status).toBe(503);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("under npx it ends when npx does, and so does the program that it runs", async () => {
  const env = { ...process.env, npm_command: "exec" };
  // The shell stands for npx: a signal to it does not reach what it started.
  const shell = spawn("sh", ["-c", '"$0" "$@" & echo $!; wait', process.execPath, main, "--port", "0"], {
    env,
  });
  const [pid = "", first = ""] = await firstLines(shell.stdout, 2);
  expect(first).toContain("127.0.0.1");
  shell.kill("SIGTERM");
  await ended(Number(pid));

  const forever = "console.log(process.pid); setInterval(() => undefined, 1000);";
  const args = ["--", process.execPath, "-e", forever];
  const second = spawn("sh", ["-c", '"$0" "$@" & echo $!; wait', process.execPath, main, ...args], { env });
  const pids = await firstLines(second.stdout, 2);
  second.kill("SIGTERM");
  await Promise.all(pids.map((each) => ended(Number(each))));
});

test("what no npx started stays when its parent ends", async () => {
  const { npm_command: _, ...env } = process.env;
  const shell = spawn("sh", ["-c", '"$0" "$@" & echo $!', process.execPath, main, "--port", "0"], { env });
  const [pid = "", first = ""] = await firstLines(shell.stdout, 2);
  // Longer than it takes to notice that a parent is gone.
  await new Promise((done) => setTimeout(done, 1000));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(first)?.[0];
  expect((await fetch(`${url}/_emulator/requests`)).status).toBe(200);
  process.kill(Number(pid), "SIGTERM");
  await ended(Number(pid));
});

async function firstLines(stream: Readable, count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface(stream)) if (lines.push(line) === count) break;
  return lines;
}

/** Settles once a process that is not ours to wait for is gone. */
async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

test("a program runs against it, and ends it with its own exit code", () => {
  const ask = `
    const url = process.env.AUDITGATE_IAM_ENDPOINT;
    fetch(url + "/_emulator/data").then((answer) => { process.exitCode = answer.ok ? 7 : 1; });`;
  const { status, stdout, stderr } = run("--", process.execPath, "-e", ask);
  expect([status, stdout, stderr]).toEqual([7, "", ""]);
});

test("a program is not told what npx was asked for", () => {
  const print = "process.stdout.write(String(process.env.npm_config_package))";
  const { stdout } = spawnSync(process.execPath, [main, "--", process.execPath, "-e", print], {
    encoding: "utf8",
    env: { ...process.env, npm_config_package: "@auditgate/emulator" },
  });
  expect(stdout).toBe("undefined");
});

test("a program that is not there is one clear error", () => {
  const { status, stderr } = run("no-such-program");
  expect([status, stderr]).toEqual([1, "no-such-program: there is no such program\n"]);
});

test("a port that is taken is one clear error", async () => {
  const child = spawn(process.execPath, [main, "--port", "0"]);
  let port = "";
  for await (const line of createInterface(child.stdout)) {
    port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? "";
    break;
  }
  expect(run("--port", port).stderr).toBe(`port ${port} is taken; --port 0 takes a free one\n`);
  child.kill("SIGTERM");
  await once(child, "exit");
});
