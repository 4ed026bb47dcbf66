import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient, ddsAuditLogs, dwsAuditDumpRecords, evaluateGate, read } from "@auditgate/core";

let server: Server;
let url: string;
const paths: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url ?? "");
    response.end('{"records":[],"count":0,"audit_logs":[],"total_record":0}');
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => paths.splice(0));

afterAll(() => server.close());

const clientOf = (projectId: string) =>
  createClient({ projectId, endpoints: { dws: url, dds: url }, env: {}, credentials: { token: "token" } });

const strange = [
  "..",
  ".",
  "...",
  "",
  "a/..",
  "../x",
  "%2e%2e",
  "a\\b",
  '${file("/etc/hostname")}',
  "a b",
  "a\n",
  "x".repeat(129),
  "ü",
];

test.each(strange)("an id of an instance or node is an id, not %j", async (text) => {
  await using client = clientOf("p");
  const error = { code: "ERR_ARGUMENT" };
  await expect(read(client, ddsAuditLogs, { instanceId: text, last: "1d" })).rejects.toMatchObject(error);
  const node = { instanceId: "in02", nodeId: text, last: "1d" };
  await expect(read(client, ddsAuditLogs, node)).rejects.toMatchObject(error);
  await expect(
    evaluateGate(client, { ddsAuditLogs: [{ instanceIds: [text], within: "1d", minLogs: 1 }] }),
  ).rejects.toMatchObject(error);
  expect(paths).toEqual([]);
});

test.each(["..", ".", "a/..", "..\\x"])("a project %j leads nowhere else", async (projectId) => {
  await using client = clientOf(projectId);
  const clusterId = "a0d17a7e-c001-4000-8000-000000000001";
  await expect(read(client, dwsAuditDumpRecords, { clusterId })).rejects.toMatchObject({
    code: "ERR_ARGUMENT",
    argument: "projectId",
  });
  expect(paths).toEqual([]);
});
