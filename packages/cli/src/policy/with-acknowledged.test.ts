import { parse } from "yaml";
import { withAcknowledged } from "./with-acknowledged.ts";

const entry = { rule: "dws.dump.max-failures", reason: "a: b # c", until: "2026-12-15" };
const BLOCK = `# head
version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], maxFailures: 0 } # all
`;
const LISTED = `version: 1
acknowledged: # known
- rule: "one"
  until: "2026-12-01" # soon
# behind
enforcement: advisory
`;

test("a policy without acknowledgements gets them at its end, and keeps its lines", () => {
  const text = withAcknowledged(BLOCK, [entry]);
  expect(text).toBe(`${BLOCK}acknowledged:
  - rule: "dws.dump.max-failures"
    reason: "a: b # c"
    until: "2026-12-15"
`);
  expect(withAcknowledged(text, [entry])).toBe(`${text}${text.slice(text.indexOf("  - rule"))}`);
});

test.each([
  LISTED,
  LISTED.replace(/^([- ] )/gm, "    $1"),
  LISTED.replace("# behind\nenforcement: advisory\n", ""),
  LISTED.trimEnd(),
  "version: 1\nacknowledged: [{ rule: one }]\n",
  "version: 1\nacknowledged: []\nenforcement: advisory\n",
  '{ "version": 1, "acknowledged": [{ "rule": "one" }] }',
  '{ "version": 1 }',
])("what was there is still there, and the new one comes last", (text) => {
  const before = parse(text) as { acknowledged?: object[] };
  const after = parse(withAcknowledged(text, [entry])) as object;
  expect(after).toEqual({ ...before, acknowledged: [...(before.acknowledged ?? []), entry] });
});

test("lines around a list stay as they are", () => {
  const text = withAcknowledged(LISTED, [entry]);
  const lines = text.split("\n");
  expect(LISTED.split("\n").filter((line) => !lines.includes(line))).toEqual([]);
});
