import type { Emulator } from "../contract.ts";
import type { Metadata } from "../data/data.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, dumpsPath, sendJson } from "../test-caller.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const tokenPath = "/meta-data/latest/api/token";
const keyPath = "/openstack/latest/securitykey";

function configure(change: Partial<Metadata>): void {
  emulator.update((data) => {
    if (data.metadata !== undefined) Object.assign(data.metadata, change);
  });
}

async function openSession(): Promise<string> {
  const reply = await sendJson(emulator, "PUT", tokenPath, undefined, {
    "X-Metadata-Token-Ttl-Seconds": "21600",
  });
  expect([reply.status, reply.headers.get("content-type")]).toEqual([200, "text/plain"]);
  return reply.text;
}

test("version 2 gives the machine's key for a session token", async () => {
  configure({ version: "v2" });
  expect((await sendJson(emulator, "GET", keyPath)).status).toBe(401);
  const session = { "X-Metadata-Token": await openSession() };
  const { body } = await sendJson(emulator, "GET", keyPath, undefined, session);
  const { access = "", secret = "", securitytoken = "" } = body["credential"] as Record<string, string>;
  const read = await call(emulator, dumpsPath(sample.clusters.healthy), {
    key: [access, secret],
    signed: { "x-security-token": securitytoken },
  });
  expect(read.status).toBe(200);
});

test("a session needs a lifetime of at most six hours", async () => {
  configure({ version: "v2" });
  for (const seconds of ["0", "21601", "long"]) {
    const headers = { "X-Metadata-Token-Ttl-Seconds": seconds };
    expect((await sendJson(emulator, "PUT", tokenPath, undefined, headers)).status).toBe(400);
  }
  expect((await sendJson(emulator, "PUT", tokenPath)).status).toBe(400);
});

test.each([404, 405, 503] as const)(
  "version 1 answers %i to the session request and needs none",
  async (tokenStatus) => {
    configure({ version: "v1", tokenStatus });
    const headers = { "X-Metadata-Token-Ttl-Seconds": "60" };
    expect((await sendJson(emulator, "PUT", tokenPath, undefined, headers)).status).toBe(tokenStatus);
    expect((await sendJson(emulator, "GET", keyPath)).status).toBe(200);
  },
);

test("both versions together accept no session, but not a wrong one", async () => {
  configure({ version: "both" });
  expect((await sendJson(emulator, "GET", keyPath)).status).toBe(200);
  expect((await sendJson(emulator, "GET", keyPath, undefined, { "X-Metadata-Token": "x" })).status).toBe(401);
});

test("region and project of the machine can be asked", async () => {
  configure({ version: "both" });
  const { body } = await sendJson(emulator, "GET", "/openstack/latest/meta_data.json");
  expect(body).toMatchObject({ region_id: sample.region, project_id: sample.project.id });
});

test("without a metadata service nothing is found", async () => {
  emulator.update((data) => {
    delete data.metadata;
  });
  expect((await sendJson(emulator, "GET", keyPath)).status).toBe(404);
});
