import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, type TLSSocket } from "node:tls";
import { createCertificate } from "./certificate.ts";

// 1 in 64 certificates has a length that trips careless PEM writers, so a handful proves nothing.
const count = Number(process.env["AUDITGATE_CERTIFICATES"] ?? 100);
const certificates = Array.from({ length: count }, () => createCertificate());

test("Node accepts every certificate on both ends of a TLS connection", async () => {
  for (const [index, server] of certificates.entries()) {
    const client = certificates.at(index - 1) ?? server;
    await expect(meet(server, client)).resolves.toBe(true);
  }
});

/** Whether both sides of a mutually authenticated connection trust each other. */
async function meet(
  server: ReturnType<typeof createCertificate>,
  client: ReturnType<typeof createCertificate>,
): Promise<boolean> {
  const listener = createServer({
    key: server.key,
    cert: server.certificate,
    ca: client.certificate,
    requestCert: true,
  });
  const accepted = new Promise<TLSSocket>((resolve, reject) => {
    listener.once("secureConnection", resolve);
    listener.once("tlsClientError", reject);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const socket = connect({
    host: "127.0.0.1",
    port,
    servername: "localhost",
    key: client.key,
    cert: client.certificate,
    ca: server.certificate,
  });
  const trusted = new Promise<boolean>((resolve, reject) => {
    socket.once("secureConnect", () => resolve(socket.authorized));
    socket.once("error", reject);
  });
  const both = (await trusted) && (await accepted).authorized;
  socket.destroy();
  listener.close();
  return both;
}

test("OpenSSL verifies every certificate against itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  try {
    const file = join(folder, "certificate.pem");
    for (const { certificate } of certificates) {
      writeFileSync(file, certificate);
      expect(execFileSync("openssl", ["verify", "-CAfile", file, file], { encoding: "utf8" })).toBe(
        `${file}: OK\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a certificate names localhost, may sign itself, and is valid for a year around the given time", () => {
  const { certificate, der } = createCertificate(Date.UTC(2026, 0, 2));
  const parsed = new X509Certificate(certificate);
  expect(parsed.raw).toEqual(der);
  expect(parsed.subject).toBe("CN=localhost");
  expect(parsed.subjectAltName).toBe("DNS:localhost");
  expect(parsed.ca).toBe(true);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.validFromDate).toEqual(new Date(Date.UTC(2026, 0, 1)));
  expect(parsed.validToDate).toEqual(new Date(Date.UTC(2027, 0, 2)));
});

test("a certificate that ends after 2049 writes its years with four digits", () => {
  const parsed = new X509Certificate(createCertificate(Date.UTC(2049, 5, 1)).certificate);
  expect(parsed.validFromDate).toEqual(new Date(Date.UTC(2049, 4, 31)));
  expect(parsed.validToDate).toEqual(new Date(Date.UTC(2050, 5, 1)));
});
