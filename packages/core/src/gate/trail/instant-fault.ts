import { type Fault, unknown } from "./finding.ts";
import { instantText } from "./wording.ts";

/** How long before the service's time a trail may be judged [ms]: a long evaluation, not an old one. */
const OLDEST_MS = 24 * 3_600_000;
/** How far the clocks of a service may be apart [ms]. */
const TOLERANCE_MS = 5 * 60_000;

/** What is found where the instant that a trail is to be judged at is not of now, by the service's time. */
export function instantFault(at: number, servedAt: number | undefined): Fault | undefined {
  if (servedAt !== undefined && at <= servedAt + TOLERANCE_MS && at >= servedAt - OLDEST_MS) return undefined;
  return unknown(
    "an instant to judge at within the last 24h of the service's time",
    `${instantText(at)}, at ${servedAt === undefined ? "an unknown time" : instantText(servedAt)}`,
  );
}
