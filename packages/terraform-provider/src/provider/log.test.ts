import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createLog } from "./log.ts";

function linesOf(env: NodeJS.ProcessEnv): string[] {
  const lines: string[] = [];
  const log = createLog(env, (line) => lines.push(line));
  log("trace", "a");
  log("info", "b", { records: 3 });
  log("error", "c\nd");
  return lines;
}

test("a line is one JSON object with level, message, module and a time of six fraction digits", () => {
  const lines = linesOf({ TF_LOG: "TRACE" });
  expect(lines).toHaveLength(3);
  expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
  expect(JSON.parse(lines[1] ?? "")).toEqual({
    "@level": "info",
    "@message": "b",
    "@module": "auditgate",
    "@timestamp": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    records: 3,
  });
});

test.each([
  [{}, 0],
  [{ TF_LOG: "off" }, 0],
  [{ TF_LOG: "nonsense" }, 0],
  [{ TF_LOG: "warn" }, 1],
  [{ TF_LOG: "JSON" }, 3],
  [{ TF_LOG: "ERROR", TF_LOG_PROVIDER: "INFO" }, 2],
  [{ TF_LOG: "TRACE", TF_LOG_PROVIDER_AUDITGATE: "ERROR" }, 1],
])("with %j the log holds %i of a trace, an info and an error line", (env, count) => {
  expect(linesOf(env)).toHaveLength(count);
});

test("a crash ends the process with a report in the form that engines recognise, without what is redacted", async () => {
  const script = `import(${JSON.stringify(join(__dirname, "log.ts"))}).then(({ crash }) =>
    crash(new Error("s3cr3t broke"), (text) => text.replaceAll("s3cr3t", "(sensitive)")))`;
  await expect(promisify(execFile)(process.execPath, ["-e", script])).rejects.toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/^panic: \(sensitive\) broke\n\nError: \(sensitive\) broke\n {4}at /),
  });
});
