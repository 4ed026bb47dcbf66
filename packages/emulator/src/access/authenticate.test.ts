import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, callWithToken, dumpsPath, logsPath } from "../test-caller.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const path = dumpsPath(sample.clusters.healthy);

test("a signed request is answered, with request id and date", async () => {
  const { status, headers } = await call(emulator, path);
  expect(status).toBe(200);
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  expect(Date.parse(headers.get("date") ?? "")).not.toBeNaN();
});

test.each([
  ["signed", { signed: { "x-project-id": sample.project.id, "content-type": "application/json" } }],
  [
    "added after signing",
    { added: { "x-project-id": sample.project.id, "content-type": "application/json" } },
  ],
])("project id and content type may be %s", async (_, options) => {
  expect(await call(emulator, path, options)).toMatchObject({ status: 200 });
});

test("a wrong secret is refused with the canonical request echoed", async () => {
  const { status, body } = await call(emulator, path, { key: [sample.auditor.accessKey, "wrong"] });
  expect(status).toBe(401);
  expect(body).toMatchObject({
    error_code: "APIGW.0301",
    request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(body["error_msg"]).toContain(
    `verify aksk signature fail, canonicalRequest:GET|${path}/||host:127.0.0.1`,
  );
});

test("an unknown access key is refused", async () => {
  const { status, body } = await call(emulator, path, { key: ["NOBODY", "wrong"] });
  expect([status, body["error_code"]]).toEqual([401, "APIGW.0301"]);
});

test("a request without credentials is refused", async () => {
  const response = await fetch(`${emulator.url}${path}`);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error_code: "APIGW.0301" });
});

test.each([
  [14, 200, undefined],
  [-14, 200, undefined],
  [16, 401, "APIGW.0303"],
  [-16, 401, "APIGW.0303"],
])("a clock that is %i minutes ahead gives %i", async (minutes, expected, code) => {
  const { status, body } = await call(emulator, path, { date: new Date(Date.now() + minutes * 60_000) });
  expect([status, body["error_code"]]).toEqual([expected, code]);
});

describe("a key pair with security token", () => {
  const key = [sample.temporary.accessKey, sample.temporary.secretKey] as const;
  const header = { "x-security-token": sample.temporary.securityToken };

  test("counts with its token, signed or added", async () => {
    expect((await call(emulator, path, { key, signed: header })).status).toBe(200);
    expect((await call(emulator, path, { key, added: header })).status).toBe(200);
  });

  test("is refused without it, or with another", async () => {
    expect((await call(emulator, path, { key })).status).toBe(401);
    expect((await call(emulator, path, { key, added: { "x-security-token": "x" } })).status).toBe(401);
  });
});

test("a token counts in its own project only", async () => {
  expect((await callWithToken(emulator, path)).status).toBe(200);
  const { dumpCluster, dwsProject } = sample.documents;
  expect((await callWithToken(emulator, dumpsPath(dumpCluster, dwsProject))).status).toBe(403);
  expect((await callWithToken(emulator, path, "nonsense")).status).toBe(401);
});

test("a fixed token ends when the data says so", async () => {
  emulator.update((data) => {
    data.accounts[0]?.users[0]?.tokens?.push({
      token: "old",
      projectId: sample.project.id,
      expiresAt: "2020-01-01T00:00:00Z",
    });
  });
  const { status, body } = await callWithToken(emulator, path, "old");
  expect(status).toBe(401);
  expect(body["error_msg"]).toContain("token expires");
});

test("a project of another account is forbidden", async () => {
  const foreign = dumpsPath(sample.clusters.healthy, sample.operator.project.id);
  expect(await call(emulator, foreign)).toMatchObject({ status: 403, body: { errCode: "APIGW.0302" } });
});

test("a user without permission is forbidden", async () => {
  const key = [sample.newcomer.accessKey, sample.newcomer.secretKey] as const;
  expect((await call(emulator, path, { key })).status).toBe(403);
  const logs = logsPath(sample.instances.healthy, {});
  expect(await call(emulator, logs, { key })).toMatchObject({
    status: 403,
    body: { error_code: "DBS.280063" },
  });
});

test("an unknown path, and a known one with another method, are no API", async () => {
  expect(await call(emulator, "/v1.0/x")).toMatchObject({ status: 404, body: { error_code: "APIGW.0101" } });
  expect(await call(emulator, path, { method: "POST" })).toMatchObject({ status: 404 });
});

test("the request log holds what was asked and nothing secret", async () => {
  emulator.requests.length = 0;
  await call(emulator, `${path}?a=1%202`);
  await callWithToken(emulator, path);
  await call(emulator, path, { key: ["NOBODY", "wrong"] });
  expect(emulator.requests).toEqual([
    { api: "dumps", method: "GET", path, query: { a: "1 2" }, status: 200, auth: "signature" },
    { api: "dumps", method: "GET", path, query: {}, status: 200, auth: "token" },
    { api: "dumps", method: "GET", path, query: {}, status: 401, auth: "none" },
  ]);
});
