import { startEmulator } from "../emulator.ts";
import type { Emulator } from "../contract.ts";
import { sample } from "../sample/names.ts";
import { call, callWithToken, dumpsPath, sendJson } from "../test-caller.ts";

let now = new Date("2026-05-04T10:20:30Z");
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
});
afterAll(() => emulator.close());

const exchangePath = "/v3.0/OS-AUTH/id-token/tokens";
const { identityProvider, project } = sample;
const path = dumpsPath(sample.clusters.healthy);

const exchange = (id: string, idpId: string = identityProvider.id, scope?: object) =>
  sendJson(emulator, "POST", exchangePath, { auth: { id_token: { id }, scope } }, { "x-idp-id": idpId });

describe("POST /v3.0/OS-AUTH/id-token/tokens", () => {
  test("gives a token of the account, for which IAM gives a temporary key", async () => {
    const reply = await exchange(emulator.issueIdToken());
    expect(reply.status).toBe(201);
    const id = reply.headers.get("x-subject-token") ?? "";
    expect((await callWithToken(emulator, path, id)).status).toBe(403);
    const identity = { methods: ["token"], token: { id, duration_seconds: 21_600 } };
    const { body } = await sendJson(emulator, "POST", "/v3.0/OS-CREDENTIAL/securitytokens", {
      auth: { identity },
    });
    const { access = "", secret = "", securitytoken = "" } = body["credential"] as Record<string, string>;
    const added = { "x-security-token": securitytoken };
    expect((await call(emulator, path, { key: [access, secret], date: now, added })).status).toBe(200);
  });

  test("gives a token of the project that is asked for", async () => {
    const scope = { project: { id: project.id } };
    const reply = await exchange(emulator.issueIdToken(), identityProvider.id, scope);
    expect((await callWithToken(emulator, path, reply.headers.get("x-subject-token") ?? "")).status).toBe(
      200,
    );
  });

  test.each<[string, () => string, number, RegExp]>([
    ["that has ended", () => emulator.issueIdToken({ seconds: -1 }), 401, /expired/],
    ["for somebody else", () => emulator.issueIdToken({ audience: "aws" }), 401, /audience/],
    ["of somebody else", () => emulator.issueIdToken({ provider: "unknown" }), 401, /issuer/],
    ["that was changed", () => `${emulator.issueIdToken()}x`, 401, /signature/],
    ["that is none", () => "text", 401, /signature/],
  ])("refuses a token %s", async (_, token, status, message) => {
    const { body, ...reply } = await exchange(token());
    expect(reply.status).toBe(status);
    expect(body).toMatchObject({ error: { message: expect.stringMatching(message) } });
  });

  test("knows its identity providers", async () => {
    expect((await exchange(emulator.issueIdToken(), "unknown")).status).toBe(404);
    expect((await sendJson(emulator, "POST", exchangePath, { auth: {} })).status).toBe(400);
  });

  test("takes the time of the emulator's clock", async () => {
    const token = emulator.issueIdToken({ seconds: 60 });
    const start = now;
    now = new Date(start.getTime() + 60_000);
    expect((await exchange(token)).status).toBe(401);
    now = start;
    expect((await exchange(token)).status).toBe(201);
  });
});

test("POST /_emulator/id-tokens issues a token for programs in other processes", async () => {
  const { status, body } = await sendJson(emulator, "POST", "/_emulator/id-tokens", { seconds: 60 });
  expect(status).toBe(201);
  expect((await exchange(String(body["value"]))).status).toBe(201);
  const refused = await sendJson(emulator, "POST", "/_emulator/id-tokens", { secnds: 60 });
  expect(refused.status).toBe(400);
});

describe("POST /v1/credentials", () => {
  const ask = (authorization: string) => sendJson(emulator, "POST", "/v1/credentials", {}, { authorization });

  test("gives a temporary key to a container that shows its token", async () => {
    const { status, body } = await ask(sample.container.token);
    expect(status).toBe(200);
    const {
      accessKeyId = "",
      secretAccessKey = "",
      securityToken = "",
    } = body["credentials"] as Record<string, string>;
    const added = { "x-security-token": securityToken };
    const key = [accessKeyId, secretAccessKey] as const;
    expect((await call(emulator, path, { key, date: now, added })).status).toBe(200);
  });

  test("refuses others, and knows no agent where the data has none", async () => {
    expect((await ask("other")).status).toBe(401);
    emulator.update((data) => void delete data.container);
    expect((await ask(sample.container.token)).status).toBe(404);
    await emulator.reset();
  });
});
