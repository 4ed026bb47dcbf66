import { inOrder } from "./in-order.ts";

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

test("results come in the order of the items, whichever is done first", async () => {
  const work = (ms: number) => new Promise<number>((resolve) => setTimeout(resolve, ms, ms));
  expect(await collect(inOrder([30, 1, 20, 2], 3, work))).toEqual([30, 1, 20, 2]);
});

test("no more than the bound is begun before the first results are taken", async () => {
  let begun = 0;
  const results = inOrder([1, 2, 3, 4, 5], 2, async (item) => {
    begun++;
    return item;
  });
  await results.next();
  expect(begun).toBe(2);
  await results.next();
  expect(begun).toBe(3);
  expect(await collect(results)).toEqual([3, 4, 5]);
});

test("a failure is thrown when its turn comes, those after it are never unhandled", async () => {
  const results = inOrder([1, 2, 3], 3, async (item) => {
    if (item > 1) throw new Error(`no ${item}`);
    return item;
  });
  expect(await results.next()).toEqual({ done: false, value: 1 });
  await expect(results.next()).rejects.toThrow("no 2");
});

test("nothing to do is done at once", async () => {
  expect(await collect(inOrder([], 4, async () => 1))).toEqual([]);
});
