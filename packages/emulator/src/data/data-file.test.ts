import { parseData } from "./data-file.ts";
import { generateData } from "../sample/generate.ts";
import { sample } from "../sample/names.ts";

const cluster = {
  id: "a0d17a7e-c001-4000-8000-000000000001",
  name: "mine",
  projectId: sample.project.id,
  dumps: [],
  parameterChanges: [],
};
const instance = { id: "in", name: "mine", projectId: sample.project.id, nodes: ["no"], auditLogs: [] };

test("the generated data set is accepted as it is", () => {
  const data = generateData();
  expect(parseData(JSON.parse(JSON.stringify(data)))).toEqual(data);
});

test("accounts, projects and region may be left out", () => {
  const data = parseData({ clusters: [cluster] });
  expect(data).toMatchObject({ region: sample.region, clusters: [cluster], instances: [] });
  expect(data.projects.map(({ id }) => id)).toContain(sample.project.id);
});

test("records may have fields that nobody knows yet", () => {
  expect(() => parseData({ clusters: [{ ...cluster, dumps: [{ new_field: [1] }] }] })).not.toThrow();
});

test("records may be a rule", () => {
  const generate = { count: 1_000_000, newest: "2026-01-31T00:00:00Z", everySeconds: 60 };
  expect(() => parseData({ clusters: [{ ...cluster, dumps: { generate } }] })).not.toThrow();
});

const log = { id: "a", start_time: "2020-12-11T18:14:49+0800", end_time: "2020-12-11T18:17:25+0800" };

test.each([
  [[], "the value: expected an object with clusters and instances, found a list"],
  [{ clusters: {} }, "clusters: expected a list, found an object"],
  [
    { cluster: [] },
    'cluster: expected one of the keys region, notFound, accounts, projects, clusters, instances, metadata, container, found "cluster"',
  ],
  [{ clusters: [{ ...cluster, name: undefined }] }, "clusters[0].name: expected a text, found nothing"],
  [
    { clusters: [{ ...cluster, id: "mine" }] },
    'clusters[0].id: expected a GUID in lower case such as "a0d17a7e-c001-4000-8000-000000000001", found "mine"',
  ],
  [
    { clusters: [{ ...cluster, dumps: [{}, { failed_reason: 7 }] }] },
    "clusters[0].dumps[1].failed_reason: expected a text, found 7",
  ],
  [
    { clusters: [{ ...cluster, dumps: { generate: { count: 1, newest: "now", everySeconds: 1 } } }] },
    'clusters[0].dumps.generate.newest: expected an instant such as "2026-01-31T12:00:00Z", found "now"',
  ],
  [
    { instances: [{ ...instance, auditLogs: [{ ...log, start_time: "2020-12-11T10:14:49Z" }] }] },
    'instances[0].auditLogs[0].start_time: expected a time such as "2020-12-11T18:14:49+0800", found "2020-12-11T10:14:49Z"',
  ],
  [
    { instances: [{ ...instance, projectId: "other" }], projects: [] },
    'instances[0].projectId: expected one of the ids , found "other"',
  ],
  [{ notFound: "no" }, 'notFound: expected "DWS.3027" or "DWS.0047" or "DWS.0015", found "no"'],
])("%j says what is wrong and where", (value, message) => {
  expect(() => parseData(value)).toThrow(message);
});
