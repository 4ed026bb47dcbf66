/** What {@link createPast} needs to know of a list. */
export interface PastOptions<Row> {
  /** Index to begin at. */
  readonly offset: number;
  /** Keys remembered, to tell duplicates; overlapping stretches tell the movements in between anyway. */
  readonly memory: number;
  /** Identity of a record; null where it has none, and so is never a duplicate. */
  keyOf(row: Row): string | null;
}

/** What was read of a list so far, to tell what is new. */
export interface Past<Row> {
  /** False where it is not known what stands before the next record. */
  readonly isKnown: boolean;
  /**
   * The records of a stretch that are new, and a sign that the list has moved, if there is one.
   *
   * @param end - Records that were read before, by index.
   * @param keep - Records to remember by index.
   */
  take(
    rows: readonly Row[],
    start: number,
    end: number,
    keep: number,
  ): { readonly fresh: readonly Row[]; readonly sign: string | undefined };
  forget(): void;
}

/** The past of a list of which nothing was read yet. */
export function createPast<Row>({ memory, offset, keyOf }: PastOptions<Row>): Past<Row> {
  const seen = recentKeys(memory);
  /** Identities of the latest records by index. */
  let tail: readonly string[] = [];
  return {
    get isKnown() {
      return tail.length > 0;
    },
    take(rows, start, end, keep) {
      const overlap = end - start;
      const fresh: Row[] = [];
      const added: string[] = [];
      let sign: string | undefined;
      for (const [index, row] of rows.entries()) {
        const key = keyOf(row);
        const identity = key ?? JSON.stringify(row);
        if (index < overlap) {
          const before = tail[tail.length - overlap + index];
          if (identity === before) continue;
          if (before !== undefined)
            sign ??= `the records around index ${start + index} are others than a moment before`;
        } else added.push(identity);
        if (start + index < offset) continue;
        if (key === null || seen.add(key)) fresh.push(row);
        else if (index >= overlap) sign ??= "a record came twice";
      }
      if (added.length > 0) tail = [...tail, ...added].slice(-keep);
      return { fresh, sign };
    },
    forget() {
      tail = [];
    },
  };
}

/** Remembers the latest keys: `bound` to twice as many. */
function recentKeys(bound: number) {
  let current = new Set<string>();
  let previous = new Set<string>();
  return {
    /** False where the key is known. */
    add(key: string): boolean {
      if (previous.size > 0 && previous.has(key)) return false;
      const { size } = current;
      current.add(key);
      if (current.size === size) return false;
      if (current.size >= bound) {
        previous = current;
        current = new Set();
      }
      return true;
    },
  };
}
