import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, callWithToken, dumpsPath, sendJson, type Reply } from "../test-caller.ts";

let now = new Date("2026-05-04T10:20:30Z");
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
});
afterAll(() => emulator.close());

const { agency, auditor, domain, operator, project, totpUser } = sample;
const user = { name: auditor.name, password: auditor.password, domain: { name: domain.name } };
const path = dumpsPath(sample.clusters.healthy);

async function signIn(identity: object, scope?: object, headers?: Record<string, string>): Promise<Reply> {
  return sendJson(emulator, "POST", "/v3/auth/tokens?nocatalog=true", { auth: { identity, scope } }, headers);
}

async function byPassword(named: object, scope?: object): Promise<Reply> {
  return signIn({ methods: ["password"], password: { user: named } }, scope);
}

function tokenOf(reply: Reply): string {
  expect(reply.status).toBe(201);
  return reply.headers.get("x-subject-token") ?? "";
}

describe("POST /v3/auth/tokens", () => {
  test("gives a token of 24 hours for name, password and project id", async () => {
    const reply = await byPassword(user, { project: { id: project.id } });
    expect(reply.body).toMatchObject({
      token: {
        expires_at: "2026-05-05T10:20:30.000000Z",
        issued_at: "2026-05-04T10:20:30.000000Z",
        methods: ["password"],
        project: { id: project.id, name: project.name, domain },
        user: { id: auditor.id, name: auditor.name, domain },
      },
    });
    expect(reply.text).not.toContain("catalog");
    expect((await callWithToken(emulator, path, tokenOf(reply))).status).toBe(200);
  });

  test.each([
    ["user id", { id: auditor.id, password: auditor.password }],
    ["name and domain id", { name: auditor.name, password: auditor.password, domain: { id: domain.id } }],
  ])("knows a user by %s", async (_, named) => {
    expect((await byPassword(named, { project: { id: project.id } })).status).toBe(201);
  });

  test("knows a project by its name, in the user's own account", async () => {
    const scope = { project: { name: project.name, domain: { name: domain.name } } };
    expect((await byPassword(user, scope)).body).toMatchObject({ token: { project: { id: project.id } } });
  });

  test("gives a token of the account when no project is asked, which services refuse", async () => {
    const reply = await byPassword(user, { domain: { id: domain.id } });
    expect(reply.body).toMatchObject({ token: { domain } });
    expect((await callWithToken(emulator, path, tokenOf(reply))).status).toBe(403);
    expect((await callWithToken(emulator, "/v3/projects", tokenOf(reply))).status).toBe(200);
  });

  test.each([
    ["password", { ...user, password: "wrong" }],
    ["name", { ...user, name: "nobody" }],
    ["domain", { ...user, domain: { name: "elsewhere" } }],
  ])("refuses a wrong %s in IAM's format", async (_, named) => {
    const { status, body } = await byPassword(named);
    expect(status).toBe(401);
    expect(body).toEqual({
      error: { code: 401, message: "The username or password is wrong.", title: "Unauthorized" },
    });
  });

  test("refuses a project of another account, or of no one", async () => {
    expect((await byPassword(user, { project: { id: operator.project.id } })).status).toBe(401);
    expect((await byPassword(user, { project: { name: "nowhere" } })).status).toBe(401);
  });

  test("asks some users for the passcode as well", async () => {
    const named = { id: totpUser.id, password: totpUser.password };
    expect((await byPassword(named)).status).toBe(401);
    const both = (passcode: string) =>
      signIn({
        methods: ["password", "totp"],
        password: { user: named },
        totp: { user: { id: totpUser.id, passcode } },
      });
    expect((await both("000000")).status).toBe(401);
    expect((await both(totpUser.passcode)).status).toBe(201);
  });

  test("changes a token's scope by the method token", async () => {
    const first = tokenOf(await byPassword(user));
    const reply = await signIn({ methods: ["token"], token: { id: first } }, { project: { id: project.id } });
    expect((await callWithToken(emulator, path, tokenOf(reply))).status).toBe(200);
    expect((await signIn({ methods: ["token"], token: { id: "x" } })).status).toBe(401);
  });

  test("lets a trusted account's user assume the agency", async () => {
    const named = { id: operator.id, password: operator.password };
    const own = tokenOf(await byPassword(named));
    const role = { domain_name: agency.domainName, agency_name: agency.name };
    const identity = { methods: ["assume_role"], assume_role: role };
    const scope = { project: { name: project.name } };
    const reply = await signIn(identity, scope, { "x-auth-token": own });
    expect((await callWithToken(emulator, path, tokenOf(reply))).status).toBe(200);
    const stranger = tokenOf(await byPassword(user));
    expect((await signIn(identity, scope, { "x-auth-token": stranger })).status).toBe(403);
    expect((await signIn(identity, scope)).status).toBe(401);
  });

  test.each([["{"], ["{}"], ['{"auth":{"identity":{"methods":["magic"]}}}'], ["null"]])(
    "finds nothing to sign in with in %s",
    async (body) => {
      const response = await fetch(`${emulator.url}/v3/auth/tokens`, { method: "POST", body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 400, title: "Bad Request" } });
    },
  );
});

test("a token ends after its 24 hours", async () => {
  const token = tokenOf(await byPassword(user, { project: { id: project.id } }));
  const start = now;
  now = new Date(start.getTime() + 24 * 3_600_000 - 1000);
  expect((await callWithToken(emulator, path, token)).status).toBe(200);
  now = new Date(start.getTime() + 24 * 3_600_000);
  expect((await callWithToken(emulator, path, token)).status).toBe(401);
  now = start;
});

describe("GET /v3/projects", () => {
  test("lists the caller's projects, or the one with a name", async () => {
    const all = await call(emulator, "/v3/projects", { date: now });
    expect((all.body["projects"] as { id: string }[]).map(({ id }) => id)).toEqual([
      project.id,
      sample.fleet.project.id,
      sample.netherlands.project.id,
      sample.documents.dwsProject,
      sample.documents.ddsProject,
    ]);
    const one = await call(emulator, `/v3/projects?name=${project.name}`, { date: now });
    expect(one.body["projects"]).toMatchObject([
      { id: project.id, name: project.name, domain_id: domain.id },
    ]);
    const none = await call(emulator, "/v3/projects?name=nowhere", { date: now });
    expect(none.body["projects"]).toEqual([]);
  });

  test("needs credentials", async () => {
    expect((await sendJson(emulator, "GET", "/v3/projects")).status).toBe(401);
  });
});

describe("POST /v3.0/OS-CREDENTIAL/securitytokens", () => {
  const keysPath = "/v3.0/OS-CREDENTIAL/securitytokens";

  async function readWith(credential: Record<string, string>, date = now): Promise<number> {
    const { access = "", secret = "", securitytoken = "" } = credential;
    const { status } = await call(emulator, path, {
      key: [access, secret],
      date,
      added: { "x-security-token": securitytoken },
    });
    return status;
  }

  test("gives a temporary key for a token, which ends on time", async () => {
    const token = tokenOf(await byPassword(user));
    const identity = { methods: ["token"], token: { id: token, duration_seconds: 1800 } };
    const { status, body } = await sendJson(emulator, "POST", keysPath, { auth: { identity } });
    expect(status).toBe(201);
    const credential = body["credential"] as Record<string, string>;
    expect(credential["expires_at"]).toBe("2026-05-04T10:50:30.000000Z");
    expect(await readWith(credential)).toBe(200);
    expect(await readWith({ ...credential, securitytoken: "" })).toBe(401);
    const start = now;
    now = new Date(start.getTime() + 1_800_000);
    expect(await readWith(credential)).toBe(401);
    now = start;
  });

  test("gives the agency's key to a user with keys of the trusted account", async () => {
    const role = { domain_name: agency.domainName, agency_name: agency.name, duration_seconds: 900 };
    const identity = { methods: ["assume_role"], assume_role: role };
    const asked = { method: "POST", body: JSON.stringify({ auth: { identity } }), date: now };
    const key = [operator.accessKey, operator.secretKey] as const;
    const { status, body } = await call(emulator, keysPath, { ...asked, key });
    expect(status).toBe(201);
    expect(await readWith(body["credential"] as Record<string, string>)).toBe(200);
    expect((await call(emulator, keysPath, asked)).status).toBe(403);
  });

  test.each([899, 86_401, "soon"])("refuses a lifetime of %s", async (duration_seconds) => {
    const id = tokenOf(await byPassword(user));
    const identity = { methods: ["token"], token: { id, duration_seconds } };
    expect((await sendJson(emulator, "POST", keysPath, { auth: { identity } })).status).toBe(400);
  });

  test("needs credentials", async () => {
    const identity = { methods: ["token"] };
    expect((await sendJson(emulator, "POST", keysPath, { auth: { identity } })).status).toBe(401);
  });
});
