import { writeSync } from "node:fs";
import { serveSomewhere } from "./address.ts";
import { createCertificate } from "./certificate.ts";
import { HealthCheckResponse_ServingStatus, HealthDefinition } from "./gen/health.ts";
import { GRPCBrokerDefinition, GRPCControllerDefinition, GRPCStdioDefinition } from "./gen/plugin.ts";
import { serviceRoutes, startServer, type Routes } from "./grpc.ts";
import { handshakeLine, reattachVariable, type Invitation } from "./handshake.ts";
import type { Log } from "../provider/log.ts";

export interface ServeOptions {
  /** The provider's own service. */
  readonly routes: Routes;
  readonly log: Log;
  readonly env: NodeJS.ProcessEnv;
}

// Between the handshake and the connection an engine needs milliseconds; one that was killed there never connects.
const CONNECT_TIMEOUT = 60_000;
const SHUTDOWN = `/${GRPCControllerDefinition.fullName}/${GRPCControllerDefinition.methods.shutdown.name}`;

/**
 * Serves the engine that started this process until it says Shutdown or is gone, then ends the process.
 *
 * @see https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
 */
export async function serveEngine(
  invitation: Invitation & { kind: "engine" },
  options: ServeOptions,
): Promise<void> {
  const { clientCertificate, asksForMultiplexing } = invitation;
  // Ctrl-C reaches the whole process group. It is the engine's to handle: it calls StopProvider, then Shutdown.
  process.on("SIGINT", () => options.log("debug", "SIGINT is left to the engine"));
  process.on("SIGTERM", () => process.exit(0));
  const lonely = setTimeout(() => process.exit(0), CONNECT_TIMEOUT);
  const identity = clientCertificate === undefined ? undefined : createCertificate();
  const tls = identity && clientCertificate !== undefined ? { ...identity, clientCertificate } : undefined;
  const address = await serveSomewhere(options.env, (free) =>
    startServer({
      routes: allRoutes(options.routes),
      address: free,
      tls,
      onConnected: () => clearTimeout(lonely),
      // An engine keeps its one connection as long as it lives.
      onIdle: () => process.exit(0),
      // The engine waits for this process to end, so it ends at once.
      onAnswered: (path) => path === SHUTDOWN && process.exit(0),
    }),
  );
  writeSync(1, handshakeLine(address, identity?.der, asksForMultiplexing));
  options.log("debug", "serving", {
    pid: process.pid,
    node: process.version,
    launch_ms: Math.round(performance.now()),
  });
}

/**
 * Serves any number of engines, one after another or at once, until Ctrl-C: for a debugger.
 *
 * @param sources - Addresses under which configurations name the provider.
 */
export async function serveDebugger(sources: readonly string[], options: ServeOptions): Promise<void> {
  process.on("SIGINT", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
  const routes = allRoutes(options.routes);
  const address = await serveSomewhere(options.env, (free) => startServer({ routes, address: free }));
  const variable = reattachVariable(sources, address, process.pid);
  writeSync(1, `Serving until Ctrl-C. Set this variable where you run terraform or tofu:\n\n  ${variable}\n`);
}

function allRoutes(own: Routes): Routes {
  return new Map([
    ...own,
    ...serviceRoutes(GRPCControllerDefinition, { shutdown: () => ({}) }),
    ...serviceRoutes(GRPCBrokerDefinition, {}),
    ...serviceRoutes(GRPCStdioDefinition, {}),
    ...serviceRoutes(HealthDefinition, {
      check: () => ({ status: HealthCheckResponse_ServingStatus.SERVING }),
    }),
  ]);
}
