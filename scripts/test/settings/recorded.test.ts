import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differenceOf, type Recorded } from "./compare.ts";
import { ours } from "./ours.ts";

const recorded = readFileSync(join(__dirname, "recorded.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "auditgate-recorded-"));
});

afterAll(() => rmSync(root, { recursive: true }));

test("300 recorded environments are read as openstacksdk, RawConfigParser and Go's httpproxy have read them", async () => {
  expect(recorded).toHaveLength(300);
  const different: unknown[] = [];
  for (const each of recorded) {
    const outcome = await ours(each.case, root);
    if (differenceOf(each, outcome) === "unknown") different.push({ ...each, outcome });
  }
  expect(different).toEqual([]);
});

test("a difference is noticed", () => {
  const [each] = recorded;
  expect(differenceOf(each!, { username: "another" })).toBe("unknown");
});
