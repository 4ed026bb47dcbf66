/** The same generator, run up to `bound` pages ahead of its reader. */
export function eager<T, Return>(
  source: AsyncGenerator<T, Return>,
  bound: number,
): AsyncGenerator<T, Return> {
  const results: Promise<IteratorResult<T, Return>>[] = [];
  const pull = () => {
    const result = source.next();
    result.catch(() => undefined);
    results.push(result);
  };
  while (results.length < bound) pull();
  return (async function* () {
    for (;;) {
      const result = await results.shift()!;
      if (result.done) return result.value;
      pull();
      yield result.value;
    }
  })();
}
