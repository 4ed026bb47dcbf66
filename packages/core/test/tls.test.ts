import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import { type ClientOptions, createClient, dwsAuditDumpRecords, read } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { builtCore, form, runtime } from "../../../test/forms/runtime.ts";

let folder: string;
let emulator: Emulator;
let tls: TlsServer;
let proxy: Server;
const tunnels: string[] = [];

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
const listen = (server: Server | TlsServer) =>
  new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const pipe = (a: Socket, b: Socket) => {
  a.pipe(b).pipe(a);
  for (const socket of [a, b]) socket.on("error", () => [a, b].forEach((each) => each.destroy()));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-tls-"));
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "key.pem",
      "-out",
      "ca.pem",
      "-days",
      "2",
      "-subj",
      "/CN=test",
      "-addext",
      "subjectAltName=DNS:dws.audit.test,IP:127.0.0.1",
    ],
    { cwd: folder, stdio: "ignore" },
  );
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "o.pem",
      "-out",
      "other.pem",
      "-days",
      "2",
      "-subj",
      "/CN=other",
    ],
    { cwd: folder, stdio: "ignore" },
  );
  emulator = await startEmulator({ hosts: ["dws.audit.test"] });
  const port = Number(new URL(emulator.url).port);
  tls = createTlsServer(
    { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "ca.pem")) },
    (socket) => pipe(socket, connect(port, "127.0.0.1")),
  );
  await listen(tls);
  proxy = createHttpServer();
  proxy.on("connect", (request, socket: Socket) => {
    tunnels.push(request.url ?? "");
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    pipe(socket, connect(portOf(tls), "127.0.0.1"));
  });
  await listen(proxy);
});

afterAll(async () => {
  await emulator.close();
  for (const server of [tls, proxy]) server.close();
  rmSync(folder, { recursive: true });
});

async function readOver(dws: string, options: ClientOptions, env: { readonly [name: string]: string } = {}) {
  await using client = createClient({
    ...options,
    endpoints: { dws },
    env: { ...emulator.env, AUDITGATE_DWS_ENDPOINT: "", ...env },
  });
  return await read(client, dwsAuditDumpRecords, { clusterId: sample.clusters.healthy });
}

/** One reading over TLS in a process of its own. */
async function readerProcess(more: { readonly [name: string]: string }) {
  const { command, env } = runtime();
  const program = [join(__dirname, "read-program.ts"), sample.clusters.healthy];
  const args = form() ? [...program, builtCore] : ["--conditions=@auditgate/source", ...program];
  const AUDITGATE_DWS_ENDPOINT = `https://127.0.0.1:${portOf(tls)}`;
  return promisify(execFile)(command, args, {
    env: { ...emulator.env, ...env, AUDITGATE_DWS_ENDPOINT, ...more },
  });
}

test("a certificate of an unknown authority is refused, saying whose it is and the three ways to trust it", async () => {
  await expect(readOver(`https://127.0.0.1:${portOf(tls)}`, {})).rejects.toMatchObject({
    code: "ERR_CONFIG",
    message: expect.stringMatching(
      /^Cannot trust https:.* its certificate is signed by "test"\. If .* trust that authority: in the system's store \(or SSL_CERT_FILE\), with cacertFile \(OS_CACERT\), or with NODE_EXTRA_CA_CERTS\.$/,
    ),
  });
});

describe("a certificate", () => {
  const servers: TlsServer[] = [];

  beforeAll(() => {
    const openssl = (...args: readonly string[]) =>
      execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
    const key = ["-newkey", "rsa:2048", "-nodes"];
    const root = ["-subj", "/O=Example Corp/CN=Private Root", "-days", "2"];
    openssl("req", "-x509", ...key, "-keyout", "root.key", "-out", "root.pem", ...root);
    openssl("req", ...key, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=leaf");
    writeFileSync(join(folder, "leaf.ext"), "subjectAltName=DNS:dws.audit.test,IP:127.0.0.1\n");
    const signed = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "leaf.ext"];
    openssl("x509", "-req", "-in", "leaf.csr", "-out", "leaf.pem", "-days", "2", ...signed);
    openssl("x509", "-req", "-in", "leaf.csr", "-out", "past.pem", "-days", "-1", ...signed);
    openssl("x509", "-req", "-in", "leaf.csr", "-out", "nameless.pem", "-days", "2", ...signed.slice(0, 5));
  });

  afterEach(() => {
    servers.splice(0).forEach((server) => server.close());
    tunnels.length = 0;
  });

  async function serverWith(...certificates: readonly string[]): Promise<string> {
    const cert = certificates.map((name) => readFileSync(join(folder, name), "utf8")).join("");
    const server = createTlsServer({ key: readFileSync(join(folder, "leaf.key")), cert }, (socket) =>
      pipe(socket, connect(Number(new URL(emulator.url).port), "127.0.0.1")),
    );
    server.on("tlsClientError", () => undefined);
    await listen(server);
    servers.push(server);
    return `https://127.0.0.1:${portOf(server)}`;
  }

  test.each([
    ["with its chain", ["leaf.pem", "root.pem"]],
    ["alone", ["leaf.pem"]],
  ])("%s of an unknown authority names it", async (_, certificates) => {
    const url = await serverWith(...certificates);
    await expect(readOver(url, {})).rejects.toThrow('its certificate is signed by "Private Root". If');
    expect((await readOver(url, { caCert: join(folder, "root.pem") })).complete).toBe(true);
  });

  test.each([
    ["that has ended", "past.pem", /It counts for another time/],
    ["of another name", "nameless.pem", /It is for other names/],
  ])("%s is no matter of trust", async (_, name, message) => {
    const failed = readOver(await serverWith(name), { caCert: join(folder, "root.pem") });
    await expect(failed).rejects.toMatchObject({
      code: "ERR_CONFIG",
      message: expect.stringMatching(message),
    });
    await expect(failed).rejects.not.toThrow("SSL_CERT_FILE");
  });

  test("behind a proxy is named as well, and so is one of the proxy itself", async () => {
    const through = (
      server: Server | TlsServer,
      scheme: string,
      more: { readonly [name: string]: string } = {},
    ) =>
      readOver(
        "https://dws.audit.test",
        {},
        { HTTPS_PROXY: `${scheme}://127.0.0.1:${portOf(server)}`, ...more },
      );
    await expect(through(proxy, "http")).rejects.toThrow(
      /^Cannot trust https:\/\/dws\.audit\.test through the proxy .* is signed by "test"/,
    );
    const secured = createHttpsServer({
      key: readFileSync(join(folder, "leaf.key")),
      cert: readFileSync(join(folder, "leaf.pem")),
    });
    secured.on("connect", (_, socket: Socket) => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      pipe(socket, connect(portOf(tls), "127.0.0.1"));
    });
    await listen(secured);
    servers.push(secured);
    await expect(through(secured, "https")).rejects.toThrow(
      /^Cannot trust the proxy on the way to .* is signed by "Private Root"/,
    );
    const both = join(folder, "both.pem");
    writeFileSync(
      both,
      ["root.pem", "ca.pem"].map((name) => readFileSync(join(folder, name), "utf8")).join(""),
    );
    await expect(through(secured, "https", { OS_CACERT: join(folder, "root.pem") })).rejects.toThrow(
      /^Cannot trust https:\/\/dws\.audit\.test through the proxy .* is signed by "test"/,
    );
    expect((await through(secured, "https", { OS_CACERT: both })).complete).toBe(true);
  });

  test.each([
    ["no", "complete", ["insecure is set: server certificates are not verified."]],
    ["yes", "Cannot trust", []],
  ])("of a cloud that says `verify: %s` is looked at accordingly", async (value, outcome, expected) => {
    const home = join(folder, "home");
    mkdirSync(join(home, ".config", "openstack"), { recursive: true });
    const { AUDITGATE_ACCESS_KEY: ak, AUDITGATE_SECRET_KEY: sk } = emulator.env;
    writeFileSync(
      join(home, ".config", "openstack", "clouds.yaml"),
      `clouds:\n  otc: { region_name: eu-de, auth: { ak: ${ak}, sk: ${sk} }, verify: ${value} }\n`,
    );
    const warnings: string[] = [];
    const logger = { debug() {}, warn: (message: string) => void warnings.push(message) };
    const env = { HOME: home, OS_CLOUD: "otc", AUDITGATE_ACCESS_KEY: "", AUDITGATE_SECRET_KEY: "" };
    const said = await readOver(
      await serverWith("leaf.pem"),
      { logger },
      { ...env, AUDITGATE_PROJECT_ID: "" },
    ).then(({ complete }) => (complete ? "complete" : "incomplete"), String);
    expect(said).toContain(outcome);
    expect(warnings).toEqual(expected);
  });
});

test.each([
  ["0", {}, /^ERR_CONFIG: Cannot trust /],
  ["0", { AUDITGATE_INSECURE: "no" }, /^ERR_CONFIG: Cannot trust /],
  ["1", { AUDITGATE_INSECURE: "yes" }, /^complete/],
])(
  "NODE_TLS_REJECT_UNAUTHORIZED=%s, set for another program, decides nothing beside %j",
  async (value, own, outcome) => {
    const { stdout } = await readerProcess({
      NODE_TLS_REJECT_UNAUTHORIZED: value,
      ...own,
    });
    expect(stdout).toMatch(outcome);
  },
  60_000,
);

test.each<[string, () => ClientOptions]>([
  ["the path of its certificate", () => ({ caCert: join(folder, "ca.pem") })],
  ["its certificate", () => ({ caCert: readFileSync(join(folder, "ca.pem"), "utf8") })],
])("an authority is known by %s", async (_, options) => {
  expect((await readOver(`https://127.0.0.1:${portOf(tls)}`, options())).complete).toBe(true);
});

test("insecure accepts any certificate, and warns", async () => {
  const warnings: string[] = [];
  const logger = { debug() {}, warn: (message: string) => void warnings.push(message) };
  expect((await readOver(`https://127.0.0.1:${portOf(tls)}`, { insecure: true, logger })).complete).toBe(
    true,
  );
  expect(warnings).toEqual([expect.stringContaining("insecure")]);
});

test("an authority of the system is trusted, as by other programs", async () => {
  expect((await readerProcess({ SSL_CERT_FILE: join(folder, "ca.pem") })).stdout).toBe("complete\n");
  // One of one's own is trusted beside it, not instead of it.
  const other = { SSL_CERT_FILE: join(folder, "ca.pem"), OS_CACERT: join(folder, "other.pem") };
  expect((await readerProcess(other)).stdout).toBe("complete\n");
}, 60_000);

describe("a proxy", () => {
  const servers: Server[] = [];

  afterEach(() => servers.splice(0).forEach((server) => server.close().closeAllConnections()));

  async function proxyThat(onConnect: (socket: Socket, authorization: string | undefined) => void) {
    const server = createHttpServer();
    server.on("connect", (request, socket: Socket) => {
      socket.on("error", () => socket.destroy());
      onConnect(socket, request.headers["proxy-authorization"]);
    });
    await listen(server);
    servers.push(server);
    return portOf(server);
  }

  const readThrough = (proxyUrl: string, options: ClientOptions = {}) =>
    readOver(
      "https://dws.audit.test",
      { retry: { attempts: 1 }, ...options },
      { HTTPS_PROXY: proxyUrl, OS_CACERT: join(folder, "ca.pem") },
    );
  const tunnel = (socket: Socket) => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    pipe(socket, connect(portOf(tls), "127.0.0.1"));
  };

  test("without a scheme is one of http", async () => {
    expect((await readThrough(`127.0.0.1:${await proxyThat(tunnel)}`)).complete).toBe(true);
  });

  test("is told user and password", async () => {
    const seen: unknown[] = [];
    const port = await proxyThat((socket, authorization) => {
      seen.push(authorization);
      tunnel(socket);
    });
    expect((await readThrough(`http://me:p%40ss%25@127.0.0.1:${port}`)).complete).toBe(true);
    expect(seen[0]).toBe(`Basic ${Buffer.from("me:p@ss%").toString("base64")}`);
  });

  test.each([
    ["407", "ERR_CONFIG", /answered HTTP 407: it wants a user and a password/],
    ["502", "ERR_CONNECTION", /answered HTTP 502/],
  ])("that answers %s is what the error speaks of, without its password", async (status, code, message) => {
    const port = await proxyThat((socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    // secretlint-disable-next-line
    const failed = readThrough(`http://me:CANARY@127.0.0.1:${port}`);
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(failed).rejects.toThrow(
      `https://dws.audit.test through the proxy http://127.0.0.1:${port} (HTTPS_PROXY)`,
    );
    await expect(failed).rejects.not.toThrow("CANARY");
  });

  test("that hangs, or is not there, is what the error speaks of", async () => {
    const port = await proxyThat(() => {});
    await expect(readThrough(`http://127.0.0.1:${port}`, { timeoutMs: 1500 })).rejects.toMatchObject({
      code: "ERR_TIMEOUT",
      message: expect.stringContaining("(HTTPS_PROXY) did not answer in time"),
    });
    await expect(readThrough("http://127.0.0.1:9")).rejects.toMatchObject({
      code: "ERR_CONNECTION",
      message: expect.stringContaining(
        "through the proxy http://127.0.0.1:9 (HTTPS_PROXY): connection refused",
      ),
    });
  });

  test.each(["socks5h://me:CANARY@127.0.0.1:1080", "http://", "not a CANARY", "http://[CANARY", "ftp://x"])(
    "of %s is an error that names the variable, and none on loopback",
    async (url) => {
      const failed = readThrough(url);
      await expect(failed).rejects.toMatchObject({
        code: "ERR_CONFIG",
        message: expect.stringMatching(/^HTTPS_PROXY /),
      });
      await expect(failed).rejects.not.toThrow("CANARY");
      const env = { HTTPS_PROXY: url, HTTP_PROXY: url, OS_CACERT: join(folder, "ca.pem") };
      expect((await readOver(`https://127.0.0.1:${portOf(tls)}`, {}, env)).complete).toBe(true);
    },
  );
});

test("the proxy of the environment is used, but for the hosts that need none", async () => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, OS_CACERT: join(folder, "ca.pem") };
  expect((await readOver("https://dws.audit.test", {}, env)).complete).toBe(true);
  expect(tunnels).toEqual(["dws.audit.test:443"]);
  expect((await readOver(`https://127.0.0.1:${portOf(tls)}`, {}, env)).complete).toBe(true);
  expect(tunnels).toHaveLength(1);
});
