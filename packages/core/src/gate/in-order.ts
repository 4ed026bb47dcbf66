/**
 * Does `work` for every item, at most `bound` at once, and gives the results in the order of the items. Results
 * that wait for an earlier one count as under way, so that memory does not grow with the number of items.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  bound: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const begun: Promise<Result>[] = [];
  const rest = items[Symbol.iterator]();
  for (;;) {
    while (begun.length < bound) {
      const next = rest.next();
      if (next.done) break;
      const result = work(next.value);
      // One that fails is reported when its turn comes, or never if an earlier one has failed.
      result.catch(() => undefined);
      begun.push(result);
    }
    const first = begun.shift();
    if (!first) return;
    yield await first;
  }
}
