import { AuditError } from "../errors.ts";
import { createPace } from "./pace.ts";

const never = new AbortController().signal;
const soon = () => new Promise((resolve) => setImmediate(resolve));

test("no more than the limit are let in at once, the others in their order", async () => {
  const pace = createPace(2);
  const entered: number[] = [];
  const places = [1, 2, 3, 4].map(async (number) => {
    const place = await pace.enter(never);
    entered.push(number);
    return place;
  });
  await soon();
  expect(entered).toEqual([1, 2]);
  (await places[0]!).leave("succeeded");
  await soon();
  expect(entered).toEqual([1, 2, 3]);
});

test("who is aborted while waiting leaves the queue with the signal's reason", async () => {
  const pace = createPace(1);
  const first = await pace.enter(never);
  const controller = new AbortController();
  const waiting = pace.enter(controller.signal);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  first.leave("failed");
  await expect(pace.enter(never)).resolves.toBeDefined();
});

test("a service that never refuses is asked as much at once as allowed, soon", async () => {
  const pace = createPace(32);
  const first = await Promise.all(Array.from({ length: 8 }, () => pace.enter(never)));
  for (const place of first) place.leave("succeeded");
  let entered = 0;
  for (let request = 0; request < 40; request++) void pace.enter(never).then(() => entered++);
  await soon();
  expect(entered).toBe(16);
});

const refusal = new AuditError("ERR_THROTTLED", "too many requests");

test("the refusal is known until a request succeeds", async () => {
  const pace = createPace(2);
  const [first, second] = await Promise.all([pace.enter(never), pace.enter(never)]);
  first!.throttled(1000, refusal);
  expect(pace.refusal).toBe(refusal);
  second!.leave("succeeded");
  expect(pace.refusal).toBeUndefined();
});

test("being throttled halves the width and holds all back, once for requests sent before", async () => {
  let time = 0;
  const pace = createPace(8, () => time);
  const places = await Promise.all(Array.from({ length: 8 }, () => pace.enter(never)));
  for (const place of places) {
    place.throttled(1000, refusal);
    place.leave("failed");
  }
  let entered = 0;
  const waiting = Array.from({ length: 8 }, async () => {
    await pace.enter(never);
    entered++;
  });
  await soon();
  expect(entered).toBe(0);
  time = 1001;
  await new Promise((resolve) => setTimeout(resolve, 1050));
  expect(entered).toBe(4);
  expect(waiting).toHaveLength(8);
});
