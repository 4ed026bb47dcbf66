import type { Server } from "node:http";

/** The port: open, or closed for a while so that connections are refused. */
export interface Listener {
  readonly url: string;
  /** Closes the port and all connections, for `forMs` or until `accept`. */
  refuse(forMs?: number): void;
  /** Opens the port again if it is closed. */
  accept(): Promise<void>;
  /** Closes it for good. */
  close(): void;
}

const loopback = "127.0.0.1";

/** Binds a server to loopback, and nothing else. */
export async function createListener(server: Server, port: number): Promise<Listener> {
  // Longer than any client keeps a pooled connection, so that none meets one that is just being closed.
  server.keepAliveTimeout = 120_000;
  await listen(server, port);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const shut = (): void => {
    clearTimeout(timer);
    if (server.listening) server.close();
    server.closeAllConnections();
  };
  const accept = async (): Promise<void> => {
    clearTimeout(timer);
    if (!server.listening && !closed) await listen(server, bound);
  };
  return {
    url: `http://${loopback}:${bound}`,
    accept,
    refuse(forMs) {
      shut();
      if (forMs !== undefined) timer = setTimeout(() => void accept(), forMs);
    },
    close() {
      closed = true;
      shut();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, loopback, () => {
      server.off("error", fail);
      done();
    });
  });
}
