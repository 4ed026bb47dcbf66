import { createWaitReport, type Logger, type Waiting } from "../logger.ts";
import type { Redaction } from "../texts/redaction.ts";
import type { Clock } from "./clock.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import type { Transport } from "./message.ts";
import type { Pace } from "./pace.ts";
import { retryBudget } from "./retry.ts";
import { type TransportOptions, undiciTransport } from "./transport.ts";

/** Connections, and how requests are sent over them. */
export interface Link {
  readonly transport: Transport;
  readonly exchange: Exchange;
}

/** What {@link openLink} is told: how to reach the services, and how long to try. */
export interface LinkOptions extends TransportOptions {
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly onWait?: ((waiting: Waiting) => void) | undefined;
}

/** What all requests of a client share. */
export interface LinkParts {
  readonly logger: Logger;
  readonly redaction: Redaction;
  readonly clock: Clock;
  readonly pace: Pace;
  /** Aborted when the client closes. */
  readonly closed: AbortSignal;
}

/** Opens connections as they are needed. */
export function openLink({ attempts, timeoutMs, onWait, ...options }: LinkOptions, parts: LinkParts): Link {
  const { proxyOf } = options;
  const transport = undiciTransport({
    ...options,
    proxyOf(origin) {
      const proxy = proxyOf(origin);
      if (proxy)
        parts.redaction.add([...proxy.secrets, ...(proxy.authorization ? [proxy.authorization] : [])]);
      return proxy;
    },
  });
  const exchange = createExchange({
    ...parts,
    transport,
    budget: retryBudget(attempts),
    patient: attempts > 1,
    waits: createWaitReport(parts.logger, onWait),
    random: Math.random,
    // So that an attempt that hangs leaves time for the others.
    attemptMs: Math.min(30_000, timeoutMs / attempts),
  });
  return { transport, exchange };
}
