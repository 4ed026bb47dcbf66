import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GONE_MS, type Presence } from "../agreed/presence.ts";
import { createDrafts, type Drafts } from "./drafts.ts";

let folder: string;
let there: readonly string[];
let away = false;
let drafts: Drafts;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  folder = mkdtempSync(join(tmpdir(), "auditgate-drafts-"));
  away = false;
  drafts = createDrafts(folder, "estate", presence);
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

const facts = { name: "one", version: "1.0.0", policyDigest: "", judging: 0, judged: 0 };
const presence: Presence = {
  say: () => Promise.resolve(),
  leave: () => Promise.resolve(),
  list: () =>
    away
      ? Promise.reject(new Error("away"))
      : Promise.resolve(there.map((id) => ({ id, facts: facts as never, seenMs: 0 }))),
};

/** Looks as often as a worker does, for so long. */
async function look(forMs: number): Promise<void> {
  for (let ms = 0; ms <= forMs; ms += 5_000) {
    await drafts.removeLeft().catch(() => undefined);
    jest.advanceTimersByTime(5_000);
  }
}

test("what a worker has left that is gone is removed, and nothing of one that is there", async () => {
  const [lost, own] = [drafts.make("killed"), drafts.make("alive")];
  there = ["alive"];
  await look(GONE_MS);
  expect([existsSync(lost), existsSync(own)]).toEqual([false, true]);
});

test("a Redis that has forgotten who is there is waited for", async () => {
  const draft = drafts.make("alive");
  there = [];
  await look(GONE_MS - 5_000);
  there = ["alive"];
  await look(0);
  there = [];
  await look(GONE_MS - 5_000);
  expect(existsSync(draft)).toBe(true);
});

test("what nobody could look at was not left for so long", async () => {
  const draft = drafts.make("alive");
  there = [];
  await look(0);
  away = true;
  await look(10 * GONE_MS);
  away = false;
  await look(0);
  expect(existsSync(draft)).toBe(true);
});

test("what workers of another estate have in the same folder stays", async () => {
  const draft = createDrafts(folder, "other", presence).make("stranger");
  drafts.make("killed");
  there = [];
  await look(GONE_MS);
  expect(existsSync(draft)).toBe(true);
});
