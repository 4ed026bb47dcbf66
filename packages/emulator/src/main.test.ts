import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

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
