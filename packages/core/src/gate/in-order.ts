/**
 * Does `work` for every item, at most `bound` at once, and gives the results in the order of the items. Results
 * that wait for an earlier one count as under way, so that memory does not grow with the number of items.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  bound: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const begun: Promise<Result>[] = [];
  for (let next = 0; next < items.length || begun.length > 0;) {
    while (next < items.length && begun.length < bound) {
      const result = work(items[next++]!);
      // One that fails is reported when its turn comes, or never if an earlier one has failed.
      result.catch(() => undefined);
      begun.push(result);
    }
    yield await begun.shift()!;
  }
}
