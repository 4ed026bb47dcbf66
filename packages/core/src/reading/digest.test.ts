import { hash } from "node:crypto";

import { canonicalLines, digestOf as digestOfLines, readingId } from "./digest.ts";

const digestOf = (records: readonly object[]) => digestOfLines(canonicalLines(records));

test("the id of a question is the same for the same arguments, in any order", () => {
  const scope = { region: "eu-de", projectId: "p" };
  expect(readingId("dds_audit_logs", { instanceId: "i", last: "7d" }, scope)).toBe(
    "b2882db8ad5c0fc4824ecd87da7488cf",
  );
  expect(readingId("dds_audit_logs", { last: "7d", nodeId: undefined, instanceId: "i" }, scope)).toBe(
    "b2882db8ad5c0fc4824ecd87da7488cf",
  );
  const others = [
    readingId("dds_audit_logs", { instanceId: "i", last: "8d" }, scope),
    readingId("dds_audit_logs", { instanceId: "i", last: "7d" }, { ...scope, region: "eu-nl" }),
    readingId("dws_audit_dump_records", { instanceId: "i", last: "7d" }, scope),
  ];
  expect(new Set(["b2882db8ad5c0fc4824ecd87da7488cf", ...others]).size).toBe(4);
});

test("the digest is that of the records, in whatever order they come", () => {
  expect(digestOf([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(digestOf([{ id: "a" }, { id: "b" }])).toBe(digestOf([{ id: "b" }, { id: "a" }]));
  expect(digestOf([{ id: "a" }, { id: "b" }])).toBe(
    "aed840b5eabc1e092391c784bf8a6ae67a7c536cf1a521689af490f6ea9ac42b",
  );
  expect(digestOf([{ id: "a" }])).not.toBe(digestOf([{ id: "a" }, { id: "a" }]));
});

test("a digest taken in pieces is that of the whole text", () => {
  const records = Array.from({ length: 5000 }, (_, index) => ({ id: String(10_000 + index), name: "ä€😀" }));
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  expect(digestOf(records)).toBe(hash("sha256", text));
});
