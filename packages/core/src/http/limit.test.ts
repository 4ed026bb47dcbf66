import { getEventListeners } from "node:events";

import { limit } from "./limit.ts";

test("a limit ends with any of its parents, and says why", () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const { signal, release } = limit([first.signal, undefined, second.signal]);
  expect(signal.aborted).toBe(false);
  second.abort("enough");
  expect(signal.reason).toBe("enough");
  expect(limit([first.signal, second.signal]).signal.reason).toBe("enough");
  release();
});

test("a limit that was released is not told", () => {
  const parent = new AbortController();
  const { signal, release } = limit([parent.signal]);
  release();
  parent.abort();
  expect(signal.aborted).toBe(false);
});

test("a parent has one listener, however many wait for it", () => {
  const parent = new AbortController();
  const limits = Array.from({ length: 100 }, () => limit([parent.signal]));
  expect(getEventListeners(parent.signal, "abort")).toHaveLength(1);
  parent.abort();
  expect(limits.every(({ signal }) => signal.aborted)).toBe(true);
});
