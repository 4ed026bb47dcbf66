import type { Paging } from "../queries/query.ts";
import { alignedRange, nextRange, type Range } from "./paging.ts";
import { createPast, type PastOptions } from "./past.ts";

/** One answer: the records of a stretch, and the total that was reported with it. */
export interface Stretch<Row> {
  readonly rows: readonly Row[];
  /** Null where none was reported. */
  readonly total: number | null;
}

/** Records of a list that had not been seen before. */
export interface Fresh<Row> {
  readonly records: readonly Row[];
  /** Index of the stretch in the list. */
  readonly offset: number;
  readonly total: number | null;
}

/** How reading one list went. */
export interface Outcome {
  /** Records given out. */
  readonly count: number;
  /** Last total reported; null where none was. */
  readonly total: number | null;
  /** Where no total was reported: whether asking again after the last record showed that nothing follows. */
  readonly ended: boolean;
  /** Signs that the list moved while it was read, or repeats itself; undefined where there was none. */
  readonly moved: string | undefined;
}

/** What {@link readList} needs to know. */
export interface ListOptions<Row> extends PastOptions<Row> {
  readonly paging: Paging;
  /** Records to ask for at once. */
  readonly pageSize: number;
  /** Records to ask for at once where the list is longer than that, if the service gives so many. */
  readonly longPageSize?: number | undefined;
  /** Whether an error may be due to the length of the page that was asked for. */
  refusesLength(error: unknown): boolean;
  /** Stretches of `limit` records to ask for ahead by now. */
  ahead(limit: number): number;
}

// Stretches without a new record, one after another, that end a list before its reported total.
const MAX_HOLES = 2;

/**
 * Every record of one list, in the server's order, none twice. Stretches are fetched ahead and concurrently, and
 * each overlaps the one before: where the overlap is not what was read before, records were inserted or deleted
 * meanwhile, which is noted in the outcome. A page that is shorter than asked for is continued where it ended; an
 * empty one is asked for once more, then passed over. The first long page is asked for alone: where it is refused or cut
 * short, the list is read on in pages of the usual size.
 */
export async function* readList<Row>(
  ask: (range: Range) => Promise<Stretch<Row>>,
  options: ListOptions<Row>,
): AsyncGenerator<Fresh<Row>, Outcome> {
  const { paging, pageSize, longPageSize = pageSize, offset } = options;
  const past = createPast(options);
  let end = offset;
  let limit = pageSize;
  let limitIgnored = false;
  let trial = false;
  let total: number | null = null;
  let count = 0;
  let holes = 0;
  let moved: string | undefined;

  const plan = (from: number): Range => {
    if (past.isKnown && !limitIgnored) return nextRange(paging.kind, from, limit);
    return paging.kind === "page-number" ? alignedRange(from, limit) : { start: from, limit };
  };
  const queue = prefetch(ask, plan);

  for (;;) {
    queue.fill(end, total ?? end, total === null || trial ? 1 : options.ahead(limit));
    let answered: Answered<Row>;
    try {
      answered = await queue.next();
    } catch (error) {
      if (!trial || !options.refusesLength(error)) throw error;
      trial = false;
      limit = pageSize;
      continue;
    }
    const { range, stretch } = answered;
    const { rows } = stretch;
    if (total !== null && stretch.total !== null && stretch.total < total)
      moved ??= `the total fell from ${total} to ${stretch.total}`;
    total = stretch.total ?? total;
    if (paging.kind === "none") {
      yield { records: rows, offset: 0, total };
      return { count: rows.length, total, ended: false, moved };
    }

    if (rows.length > range.limit && !limitIgnored) {
      // The server has a page size of its own; what it takes `offset` for is only known for whole pages of that.
      limitIgnored = true;
      limit = rows.length;
      if (end > offset) {
        queue.clear();
        continue;
      }
    }
    const { fresh, sign } = past.take(rows, range.start, end, 2 * limit);
    moved ??= sign;
    if (fresh.length > 0) {
      count += fresh.length;
      yield { records: fresh, offset: range.start, total };
    }

    const reached = Math.max(end, range.start + rows.length);
    const full = rows.length >= range.limit;
    // Without a total, only the records before the end coming again alone tell an end from a page that is missing.
    const ended = reached === end && range.start + rows.length === end && rows.length > 0;
    const atEnd = total === null ? ended : reached >= total;
    if (atEnd && !full) return { count, total, ended, moved };
    if (trial && !full) limit = Math.max(pageSize, rows.length);
    else holes = fresh.length > 0 ? 0 : holes + 1;
    if (holes > MAX_HOLES) return { count, total, ended: false, moved };
    if (!full) {
      // Capped below the limit asked for, a hole, or a total that is too high: what was fetched ahead may not fit.
      queue.clear();
      // Of one record, the overlap alone would fill a page, and show nothing behind it.
      if (end === offset && rows.length > 0) limit = Math.max(rows.length, 2);
    }
    trial = full && end === 0 && !atEnd && !limitIgnored && total !== null && longPageSize > limit;
    if (trial) limit = longPageSize;
    if (reached > end) end = reached;
    else if (holes === 2) {
      // Nothing at this place, twice: there may be more behind it.
      end = range.start + range.limit;
      past.forget();
    }
  }
}

/** A stretch that was asked for, and what came. */
interface Answered<Row> {
  readonly range: Range;
  readonly stretch: Stretch<Row>;
}

interface Prefetch<Row> {
  /** Plans stretches from `end` until `total` is covered, at most `ahead` at once. */
  fill(end: number, total: number, ahead: number): void;
  next(): Promise<Answered<Row>>;
  clear(): void;
}

function prefetch<Row>(
  ask: (range: Range) => Promise<Stretch<Row>>,
  plan: (end: number) => Range,
): Prefetch<Row> {
  let queue: { readonly range: Range; readonly stretch: Promise<Stretch<Row>> }[] = [];
  return {
    fill(end, total, ahead) {
      let covered = queue.at(-1) ? endOf(queue.at(-1)!.range) : end;
      while (queue.length === 0 || (queue.length < ahead && covered <= total)) {
        const range = plan(covered);
        const stretch = ask(range);
        // A stretch that fails is reported when its turn comes, or never if it is not needed.
        stretch.catch(() => undefined);
        queue.push({ range, stretch });
        covered = endOf(range);
      }
    },
    async next() {
      const { range, stretch } = queue.shift()!;
      return { range, stretch: await stretch };
    },
    clear() {
      queue = [];
    },
  };
}

function endOf({ start, limit }: Range): number {
  return start + limit;
}
