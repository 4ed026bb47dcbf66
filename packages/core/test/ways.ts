import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createProxy, request, type Server } from "node:http";
import { createSecureServer } from "node:http2";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import type { Emulator } from "@auditgate/emulator";

/** Name of the services behind the proxy; the emulator has to answer under it. */
export const PROXIED_HOST = "services.audit.test";

/** How requests come to the emulator: at once, over TLS and a proxy, or over HTTP/2. */
export type WayName = "direct" | "proxy" | "http2";

/** A way to the emulator. */
export interface Way {
  /** In place of `emulator.env`. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** Opens a way; what breaks at the emulator breaks at its end, too. */
export async function openWay(name: WayName, emulator: Emulator): Promise<Way> {
  if (name === "direct") return { env: emulator.env, close() {} };
  const folder = mkdtempSync(join(tmpdir(), "auditgate-way-"));
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem"];
  const names = `subjectAltName=DNS:${PROXIED_HOST},IP:127.0.0.1`;
  const subject = ["-subj", "/CN=test", "-addext", names, "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", "ca.pem", ...subject], {
    cwd: folder,
    stdio: "ignore",
  });
  const secrets = {
    key: readFileSync(join(folder, "key.pem")),
    cert: readFileSync(join(folder, "ca.pem")),
  };
  const port = Number(new URL(emulator.url).port);
  const servers = name === "proxy" ? await overProxy(secrets, port) : [await overHttp2(secrets, port)];
  const [front, proxy] = servers.map(({ server }) => (server.address() as AddressInfo).port);
  const url = name === "proxy" ? `https://${PROXIED_HOST}` : `https://127.0.0.1:${front}`;
  return {
    env: {
      ...emulator.env,
      AUDITGATE_DWS_ENDPOINT: url,
      AUDITGATE_DDS_ENDPOINT: url,
      AUDITGATE_IAM_ENDPOINT: url,
      OS_CACERT: join(folder, "ca.pem"),
      ...(proxy !== undefined && { HTTPS_PROXY: `http://user:password@127.0.0.1:${proxy}` }),
    },
    close() {
      for (const { close } of servers) close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Secrets {
  readonly key: Buffer;
  readonly cert: Buffer;
}

interface Opened {
  readonly server: Pick<Server, "address">;
  close(): void;
}

async function overProxy(secrets: Secrets, port: number): Promise<readonly Opened[]> {
  const sockets = new Set<Socket>();
  const join = (one: Socket, other: Socket) => {
    one.pipe(other).pipe(one);
    for (const each of [one, other]) {
      sockets.add(each);
      each.on("error", () => undefined);
      each.on("close", () => [one, other].forEach((socket) => socket.destroy()));
    }
  };
  const front = createServer(secrets, (socket) => join(socket, connect(port, "127.0.0.1")));
  front.on("tlsClientError", () => undefined);
  const proxy = createProxy((_, response) => response.writeHead(405).end());
  proxy.on("connect", (_, socket: Socket) => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    join(socket, connect((front.address() as AddressInfo).port, "127.0.0.1"));
  });
  await Promise.all(
    [front, proxy].map((server) => new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))),
  );
  const close = () => {
    for (const server of [front, proxy]) server.close();
    for (const socket of sockets) socket.destroy();
  };
  return [
    { server: front, close },
    { server: proxy, close() {} },
  ];
}

async function overHttp2(secrets: Secrets, port: number): Promise<Opened> {
  const server = createSecureServer({ ...secrets, allowHTTP1: false });
  const sessions = new Set<{ destroy(): void }>();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("error", () => undefined);
  });
  server.on("stream", (stream, sent) => {
    stream.on("error", () => undefined);
    const own = Object.entries(sent).filter(([name]) => !name.startsWith(":"));
    const asked = request({
      host: "127.0.0.1",
      port,
      method: sent[":method"],
      path: sent[":path"],
      headers: { ...Object.fromEntries(own), host: sent[":authority"] },
      agent: false,
    });
    const broken = () => stream.destroyed || stream.close(2);
    asked.on("error", broken);
    asked.on("response", (answer) => {
      const { connection: _, "transfer-encoding": __, "keep-alive": ___, ...headers } = answer.headers;
      if (!stream.destroyed) stream.respond({ ":status": answer.statusCode, ...headers });
      answer.on("aborted", broken);
      answer.on("error", broken);
      answer.pipe(stream);
    });
    stream.on("close", () => asked.destroy());
    stream.pipe(asked);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    server,
    close() {
      server.close();
      for (const session of sessions) session.destroy();
    },
  };
}
