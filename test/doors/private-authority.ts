import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";

/**
 * Serves over TLS, on loopback, what is behind `url`, with a certificate that an authority of its own has signed: `ca.pem`
 * in the folder.
 */
export async function servePrivately(folder: string, url: string): Promise<Server> {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem"];
  const subject = ["-subj", "/CN=Private Root", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const command = ["req", "-x509", ...key, "-out", "ca.pem", ...subject];
  execFileSync("openssl", command, { cwd: folder, stdio: "ignore" });
  const pair = { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "ca.pem")) };
  const server = createServer(pair, (socket) => {
    const inner = connect(Number(new URL(url).port), "127.0.0.1");
    for (const each of [socket, inner]) each.on("error", () => [socket, inner].map((one) => one.destroy()));
    socket.pipe(inner).pipe(socket);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}
