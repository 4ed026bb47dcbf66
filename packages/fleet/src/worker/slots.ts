import { setTimeout as wait } from "node:timers/promises";

/**
 * Takes work from several sources, at most `slots` at once, each source in its turn.
 *
 * @param take - Something to do from a source; undefined where it has nothing at the moment.
 * @param idleMs - How long nothing is taken where no source had anything.
 */
export async function fillSlots<Source>(
  sources: readonly Source[],
  slots: number,
  take: (source: Source) => Promise<(() => Promise<void>) | undefined>,
  idleMs: number,
  signal: AbortSignal,
): Promise<void> {
  const busy = new Set<Promise<void>>();
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // Whoever does not wait for it at the moment need not hear of it.
  broken.catch(() => undefined);
  let turn = 0;
  let fruitless = 0;
  while (!signal.aborted) {
    const source = sources[turn++ % sources.length];
    const work = source === undefined ? undefined : await Promise.race([take(source), broken]);
    if (work) {
      fruitless = 0;
      const done = Promise.withResolvers<void>();
      busy.add(done.promise);
      const end = async () => {
        await work();
        busy.delete(done.promise);
        done.resolve();
      };
      end().catch(reject);
    } else fruitless++;
    if (busy.size >= slots) await Promise.race([...busy, broken]);
    else if (fruitless >= sources.length) {
      fruitless = 0;
      await Promise.race([wait(idleMs, undefined, { signal }).catch(() => undefined), broken]);
    }
  }
  await Promise.race([Promise.all(busy), broken]);
}
