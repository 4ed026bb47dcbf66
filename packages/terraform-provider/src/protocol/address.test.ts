import { createServer, type Server } from "node:net";
import { listenOptions, networkOf, serveSomewhere } from "./address.ts";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

function serve(address: string): Promise<void> {
  const server = createServer();
  servers.push(server);
  return new Promise((done, fail) => server.once("error", fail).listen(listenOptions(address), done));
}

async function takenPort(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((done) => server.listen({ host: "127.0.0.1", port: 0 }, done));
  return (server.address() as { port: number }).port;
}

test("on Windows it is the first port that is free, of those that the engine allows", async () => {
  const taken = await takenPort();
  const env = { PLUGIN_MIN_PORT: String(taken), PLUGIN_MAX_PORT: String(taken + 50) };
  const address = await serveSomewhere(env, serve, "win32");
  expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(Number(address.split(":")[1])).toBeGreaterThan(taken);
  expect(networkOf(address)).toBe("tcp");
});

test("on Windows, without a free port, the error names those that were allowed", async () => {
  const taken = String(await takenPort());
  const env = { PLUGIN_MIN_PORT: taken, PLUGIN_MAX_PORT: taken };
  await expect(serveSomewhere(env, serve, "win32")).rejects.toThrow(
    `no port from ${taken} to ${taken} is free`,
  );
});

test("elsewhere it is a socket in a folder of its own", async () => {
  const address = await serveSomewhere({}, serve, "linux");
  expect(address).toMatch(/auditgate-\w+\/s$/);
  expect(networkOf(address)).toBe("unix");
});

test("other errors are not about the port", async () => {
  const broken = () => Promise.reject(Object.assign(new Error("broken"), { code: "EPERM" }));
  await expect(serveSomewhere({}, broken, "win32")).rejects.toThrow("broken");
});
