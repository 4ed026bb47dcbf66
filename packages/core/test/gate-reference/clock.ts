import { AT } from "./history.ts";

/** What time it is on this machine stands still, so that histories have whole minutes; nothing else does. */
export function stopClock(): void {
  jest.useFakeTimers({
    now: AT * 60_000,
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
}
