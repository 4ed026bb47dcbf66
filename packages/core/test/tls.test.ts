import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import { type ClientOptions, createClient, dwsAuditDumpRecords, read } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

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

test("a certificate of an unknown authority is refused, saying what helps", async () => {
  await expect(readOver(`https://127.0.0.1:${portOf(tls)}`, {})).rejects.toMatchObject({
    code: "ERR_CONFIG",
    message: expect.stringMatching(/^Cannot trust https:.*cacertFile/),
  });
});

test.each([
  ["0", {}, /^ERR_CONFIG: Cannot trust /],
  ["0", { AUDITGATE_INSECURE: "no" }, /^ERR_CONFIG: Cannot trust /],
  ["1", { AUDITGATE_INSECURE: "yes" }, /^complete/],
])(
  "NODE_TLS_REJECT_UNAUTHORIZED=%s, set for another program, decides nothing beside %j",
  async (value, own, outcome) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=@auditgate/source", join(__dirname, "read-program.ts"), sample.clusters.healthy],
      {
        env: {
          ...emulator.env,
          AUDITGATE_DWS_ENDPOINT: `https://127.0.0.1:${portOf(tls)}`,
          NODE_TLS_REJECT_UNAUTHORIZED: value,
          ...own,
        },
      },
    );
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

test("the proxy of the environment is used, but for the hosts that need none", async () => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, OS_CACERT: join(folder, "ca.pem") };
  expect((await readOver("https://dws.audit.test", {}, env)).complete).toBe(true);
  expect(tunnels).toEqual(["dws.audit.test:443"]);
  expect((await readOver(`https://127.0.0.1:${portOf(tls)}`, {}, env)).complete).toBe(true);
  expect(tunnels).toHaveLength(1);
});
