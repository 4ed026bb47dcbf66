import { request as httpRequest } from "node:http";
import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { dumpsPath } from "../test-caller.ts";

let emulator: Emulator;
let port: string;
beforeAll(async () => {
  emulator = await startEmulator({ hosts: ["audit.test"] });
  port = new URL(emulator.url).port;
});
afterAll(() => emulator.close());

/** Every kind of request: the administration, an audit query, IAM and the metadata service. */
const targets: readonly (readonly [method: string, target: string, answered: number])[] = [
  ["GET", "/_emulator/data", 200],
  ["GET", "/_emulator/requests", 200],
  ["POST", "/_emulator/reset", 204],
  ["GET", dumpsPath(sample.clusters.healthy), 200],
  ["GET", "/v3/projects", 200],
  ["POST", "/v3/auth/tokens", 400],
  ["POST", "/v3.0/OS-CREDENTIAL/securitytokens", 400],
  ["PUT", "/meta-data/latest/api/token", 400],
  ["GET", "/openstack/latest/meta_data.json", 200],
  ["GET", "/nowhere", 404],
];

async function ask(
  [method, path]: readonly [string, string, number],
  headers: Record<string, string>,
): Promise<{ status: number | undefined; text: string }> {
  return await new Promise((done, fail) => {
    const sent = { "x-auth-token": sample.auditor.token, ...headers };
    httpRequest({ host: "127.0.0.1", port, method, path, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
    })
      .on("error", fail)
      .end();
  });
}

describe.each(targets)("%s %s", (...target) => {
  test.each([
    ["a rebound name", { host: "evil.example" }],
    ["a rebound name with the port", { host: "evil.example:8642" }],
    ["a name that begins like its own", { host: "localhost.evil.example" }],
    ["a name that ends like its own", { host: "evil-localhost" }],
    ["another address", { host: "192.168.0.1" }],
    ["an address with a user", { host: "127.0.0.1@evil.example" }],
    ["a page elsewhere", { origin: "https://evil.example" }],
    ["a page of another port of this machine", { origin: "http://localhost:3000" }],
    ["a page of this machine without a port", { origin: "http://127.0.0.1" }],
    ["a page without an origin of its own", { origin: "null" }],
    ["a browser's extension", { origin: "chrome-extension://abcdefghijklmnop" }],
    ["a form or picture of a page elsewhere", { "sec-fetch-site": "cross-site" }],
    ["a page of another port, asking without CORS", { "sec-fetch-site": "same-site" }],
  ])("%s is refused", async (_, headers) => {
    const requests = emulator.requests.length;
    const { status, text } = await ask(target, headers as Record<string, string>);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ error_code: "EMULATOR.0403" });
    expect(text).not.toContain("evil");
    expect(emulator.requests).toHaveLength(requests);
  });

  test.each([
    ["127.0.0.1 with its port", () => ({ host: `127.0.0.1:${port}` })],
    ["localhost behind a forwarded port", () => ({ host: "LOCALHOST:9000" })],
    ["[::1]", () => ({ host: "[::1]:8642" })],
    ["a name that it was started with", () => ({ host: "audit.test" })],
    ["its own pages", () => ({ host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` })],
    ["a person's own request", () => ({ host: "localhost", "sec-fetch-site": "none" })],
  ])("%s is answered", async (_, headers) => {
    expect((await ask(target, headers())).status).toBe(target[2]);
  });
});
