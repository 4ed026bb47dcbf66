import { argumentNames, argumentsIn, idOf } from "./arguments.ts";

const clusterId = "e59d6b86-9072-46eb-a996-13f8b44994c1";

test("the arguments are the query's own, region, project and the limit", () => {
  expect(argumentNames("dwsAuditDumpRecords")).toEqual([
    "clusterId",
    "region",
    "projectId",
    "maxRecords",
    "summaryOnly",
  ]);
});

test("outputs and absent values are no arguments", () => {
  const state = { clusterId, region: null, projectId: undefined, records: [], total: 0, __provider: "…" };
  expect(argumentsIn("dwsAuditDumpRecords", state)).toEqual({ clusterId });
});

test("an id is a hash of query and arguments, the same for ever", () => {
  expect(idOf("dwsAuditDumpRecords", { clusterId })).toBe("93fc0a6f36e0b72fbaaa2fa89dd534d9");
  expect(idOf("dwsAuditDumpRecords", { region: null, maxRecords: undefined, clusterId })).toBe(
    "93fc0a6f36e0b72fbaaa2fa89dd534d9",
  );
});

test("another query, region, project or limit is another id", () => {
  const ids = [
    idOf("dwsAuditDumpRecords", { clusterId }),
    idOf("dwsParameterModificationRecords", { clusterId }),
    idOf("dwsAuditDumpRecords", { clusterId, region: "eu-de" }),
    idOf("dwsAuditDumpRecords", { clusterId, projectId: "p" }),
    idOf("dwsAuditDumpRecords", { clusterId, maxRecords: 10 }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
