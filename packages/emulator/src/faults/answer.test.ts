import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, callWithToken, changesPath, dumpsPath, sendJson } from "../test-caller.ts";
import { namedFaults } from "./names.ts";
import { parseFaults } from "./parse.ts";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const path = dumpsPath(sample.clusters.runningDump);

test.each([
  ["error_code", { error_code: "X.1", error_msg: "no" }],
  ["errCode", { errCode: "X.1", externalMessage: "no" }],
  ["errorCode", { errorCode: "X.1", errorMsg: "no" }],
  ["code", { code: "X.1", message: "no" }],
  ["error", { error: { code: "X.1", message: "no" } }],
  ["nested", { error_info: { error_code: "X.1", error_msg: "no" } }],
] as const)("an error may be in the dialect %s", async (body, expected) => {
  emulator.inject({ status: 500, body, code: "X.1", message: "no" });
  const reply = await call(emulator, path);
  expect([reply.status, reply.body]).toEqual([500, expected]);
});

test("an error may be base64 or HTML, a success null, a list, empty or anything", async () => {
  const answers = [
    { status: 502, body: "base64" },
    { status: 502, body: "html" },
    { body: "null" },
    { body: "list" },
    { body: "empty" },
    { body: { text: "<x/>", type: "application/xml" } },
  ] as const;
  for (const fault of answers) emulator.inject({ ...fault, nth: 1 + answers.indexOf(fault), times: 1 });
  const base64 = await call(emulator, path);
  expect(JSON.parse(Buffer.from(base64.text, "base64").toString())).toHaveProperty("error_code");
  const html = await call(emulator, path);
  expect([html.status, html.headers.get("content-type")]).toEqual([502, "text/html"]);
  const texts = [];
  for (let rest = 0; rest < 4; rest++) texts.push((await call(emulator, path)).text);
  expect(texts).toEqual(["null", "[]", "", "<x/>"]);
});

test("nth and times say which requests are met, and hits counts them", async () => {
  const fault = emulator.inject({ status: 503, nth: 2, times: 2 });
  const statuses = [];
  for (let request = 0; request < 5; request++) statuses.push((await call(emulator, path)).status);
  expect(statuses).toEqual([200, 503, 503, 200, 200]);
  expect(fault.hits).toBe(2);
});

test("a fault meets only the kind of request, path and query it names", async () => {
  emulator.inject({ on: "parameters", query: { offset: "1" }, path: sample.clusters.busy, status: 500 });
  expect((await call(emulator, path)).status).toBe(200);
  expect((await call(emulator, changesPath(sample.clusters.busy))).status).toBe(200);
  expect((await call(emulator, changesPath(sample.clusters.healthy, "?offset=1"))).status).toBe(200);
  expect((await call(emulator, changesPath(sample.clusters.busy, "?offset=1"))).status).toBe(500);
});

test("without a kind only the audit queries are met", async () => {
  emulator.inject({ status: 500 });
  expect((await call(emulator, "/v3/projects")).status).toBe(200);
  emulator.inject({ on: ["projects"], status: 503 });
  expect((await call(emulator, "/v3/projects")).status).toBe(503);
});

test("several faults meet one request together", async () => {
  emulator.inject({ status: 503 });
  emulator.inject({ retryAfter: "7", headers: { "X-More": "{url}{target}" } });
  const { status, headers } = await call(emulator, path);
  expect([status, headers.get("retry-after"), headers.get("x-more")]).toEqual([
    503,
    "7",
    `${emulator.url}${path}`,
  ]);
});

test("Retry-After may be a date of the server's clock", async () => {
  emulator.inject({ status: 429, retryAfter: { dateInSeconds: 90 }, clockSkewMs: 3_600_000 });
  const { headers } = await call(emulator, path);
  const date = Date.parse(headers.get("date") ?? "");
  expect(Date.parse(headers.get("retry-after") ?? "") - date).toBe(90_000);
  expect(date - Date.now()).toBeGreaterThan(3_500_000);
});

test("a skewed clock refuses what was signed by the right one", async () => {
  emulator.inject({ clockSkewMs: 2 * 3_600_000 });
  expect(await call(emulator, path)).toMatchObject({ status: 401, body: { error_code: "APIGW.0303" } });
  const date = new Date(Date.now() + 2 * 3_600_000);
  expect((await call(emulator, path, { date })).status).toBe(200);
});

test("a redirect leads to the same request again", async () => {
  for (const fault of parseFaults("redirect")) emulator.inject(fault);
  const { status, headers } = await call(emulator, path);
  expect([status, headers.get("location")]).toEqual([302, `${emulator.url}${path}`]);
});

test("tokens expire in the middle of a read", async () => {
  const { auditor, domain, project } = sample;
  const named = { name: auditor.name, password: auditor.password, domain: { name: domain.name } };
  const signIn = async () => {
    const identity = { methods: ["password"], password: { user: named } };
    const auth = { identity, scope: { project: { id: project.id } } };
    const { headers } = await sendJson(emulator, "POST", "/v3/auth/tokens", { auth });
    return headers.get("x-subject-token") ?? "";
  };
  const token = await signIn();
  emulator.inject({ expireTokens: true, nth: 2, times: 1 });
  expect((await callWithToken(emulator, path, token)).status).toBe(200);
  expect((await callWithToken(emulator, path, token)).status).toBe(401);
  expect((await callWithToken(emulator, path, await signIn())).status).toBe(200);
});

test("what exceeds a rate is refused, the rest answered", async () => {
  emulator.inject({ perSecond: 3, retryAfter: "1" });
  const statuses = [];
  for (let request = 0; request < 5; request++) statuses.push((await call(emulator, path)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await new Promise((done) => setTimeout(done, 1050));
  expect((await call(emulator, path)).status).toBe(200);
});

test("what exceeds a number at once is refused, the rest answered", async () => {
  emulator.inject({ concurrent: 2, status: 503 });
  emulator.inject({ delayMs: 100 });
  const replies = await Promise.all(Array.from({ length: 5 }, () => call(emulator, path)));
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 503, 503, 503]);
  expect((await call(emulator, path)).status).toBe(200);
});

test("every named fault is a fault, and every name can be given with further fields", () => {
  for (const [name, fault] of Object.entries(namedFaults)) {
    expect(parseFaults(name)).toEqual([fault]);
    expect(parseFaults({ name, nth: 9 })).toEqual([{ ...fault, nth: 9 }]);
  }
});

test.each([
  [{ nth: 0 }, "nth: expected a whole number from 1"],
  [["html", { on: "dump" }], '[1].on: expected "dumps" or'],
  [{ colour: 1 }, "colour: expected one of the keys on,"],
  [3, "the value: expected an object, found 3"],
])("%j is no fault", (value, message) => {
  expect(() => parseFaults(value)).toThrow(message);
});
