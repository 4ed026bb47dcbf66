import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditgate } from "./run.ts";

jest.setTimeout(60_000);

/** A file that parses, with one mistake in each line that says so. */
const WRONG = `version: 2 # 1
targets:
  - { name: "-here" } # 2
  - profile: prod # 3
  - name: swiss
    regoin: eu-ch2 # 4
    maxRetries: many # 5
    password: "\${NOT_THERE}" # 6
  - { name: swiss } # 7
enforcement: optional # 8
rules: [] # 9
dwsAuditDumpRecords:
  - clusterIds: ["*", "a0d17a7e-c001-4000-8000-000000000001"] # 10
    within: 7 days # 11
    maxAge: 24 hours # 12
    maxFailures: none # 13
    maxFailurs: 0 # 14
    timeZone: Nowhere # 15
  - clusterIds: [] # 16
  - { maxFailures: 0 } # 17
dwsParameterModificationRecords:
  - clusterIds: ["{id}"] # 18
    noPending: "yes" # 19
    maxChanges: -1 # 20
  - clusterIds: ["*"]
    freezeWindows:
      - { start: "2026-12-20T00:00:00Z", end: "2026-12-19T00:00:00Z" } # 21
      - { start: 2026-12-20T00:00:00Z, end: "2026-12-21T00:00:00Z" } # 22
ddsAuditLogs:
  - instanceIds: ["a0d17a7e000000000000000000000001in02"]
    within: 7d
    minLogs: 0 # 23
    maxGap: 1 # 24
acknowledged: nothing # 25
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function messages(text: string, name = "policy.yaml"): Promise<readonly string[]> {
  writeFileSync(join(folder, name), text);
  const { code, stdout, stderr } = await auditgate(["check", name], { cwd: folder });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr.trimEnd().split("\n");
}

test("25 mistakes are 25 messages, each with the line of its mistake, in the order of the file", async () => {
  const [headline, ...mistakes] = await messages(WRONG);
  expect(headline).toBe("auditgate: 25 mistakes in the policy");
  const lines = WRONG.split("\n").flatMap((line, index) => (/# \d+$/.test(line) ? [index + 1] : []));
  expect(lines).toHaveLength(25);
  expect(mistakes.map((text) => Number(/^policy\.yaml:(\d+):\d+ \S/.exec(text)?.[1]))).toEqual(lines);
});

test.each([
  ["a missing bracket", "version: 1\ndwsAuditDumpRecords: [{ clusterIds: ['*'], maxFailures: 0 }\n"],
  ["a tab", "version: 1\ndwsAuditDumpRecords:\n\t- { clusterIds: ['*'], maxFailures: 0 }\n"],
  ["a key that is there twice", "version: 1\nversion: 1\n"],
  ["a second document", "version: 1\n---\nversion: 1\n"],
  ["half a line of JSON", '{ "version": 1, "enforcement": "advis'],
])("a file that does not parse, for %s, is one message with its line", async (_, text) => {
  const [headline, ...mistakes] = await messages(text);
  expect(headline).toBe("auditgate: 1 mistake in the policy");
  expect(mistakes).toEqual([expect.stringMatching(/^policy\.yaml:\d+:\d+ \S/)]);
});
