import fc from "fast-check";
import { type Fresh, type Outcome, readList, type Stretch } from "./listing.ts";
import type { Range } from "./paging.ts";
import type { Paging } from "./query.ts";

interface Row {
  readonly id: string | null;
}

const rows = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${from + index}` }));

async function collect(
  ask: (range: Range) => Stretch<Row>,
  options: { readonly kind?: Paging["kind"]; readonly pageSize?: number; readonly ahead?: number } = {},
): Promise<
  Outcome & {
    readonly ids: readonly (string | null)[];
    readonly asked: readonly Range[];
    readonly pages: readonly Fresh<Row>[];
  }
> {
  const { kind = "record-offset", pageSize = 10, ahead = 4 } = options;
  const asked: Range[] = [];
  const list = readList<Row>(
    async (range) => {
      asked.push(range);
      return ask(range);
    },
    {
      paging: { kind, items: "", total: "", pageSize },
      pageSize,
      offset: 0,
      ahead,
      memory: Infinity,
      keyOf: (row) => row.id,
    },
  );
  const pages: Fresh<Row>[] = [];
  let result = await list.next();
  for (; !result.done; result = await list.next()) pages.push(result.value);
  return { ...result.value, ids: pages.flatMap((page) => page.records.map((row) => row.id)), asked, pages };
}

const slice = (list: readonly Row[], { start, limit }: Range) => list.slice(start, start + limit);
const ids = (list: readonly Row[]) => list.map((row) => row.id);
const kinds = ["record-offset", "page-number"] as const;

describe.each(kinds)("a list paged by %s", (kind) => {
  test.each([0, 1, 9, 10, 11, 95, 100, 1234])("of %i records is read whole and in order", async (count) => {
    const list = rows(count);
    const read = await collect((range) => ({ rows: slice(list, range), total: count }), { kind });
    expect(read.ids).toEqual(ids(list));
    expect(read).toMatchObject({ count, total: count, moved: undefined });
  });

  test("that fits into one page needs one request", async () => {
    const read = await collect((range) => ({ rows: slice(rows(9), range), total: 9 }), { kind });
    expect(read.asked).toHaveLength(1);
  });

  test("without a total is read until a page brings nothing new", async () => {
    const list = rows(57);
    const read = await collect((range) => ({ rows: slice(list, range), total: null }), { kind });
    expect(read.ids).toEqual(ids(list));
  });

  test("with a total that is too low is read beyond it", async () => {
    const list = rows(57);
    const read = await collect((range) => ({ rows: slice(list, range), total: 30 }), { kind });
    expect(read.ids).toEqual(ids(list));
    expect(read.total).toBe(30);
  });

  test("with a total that is too high ends after a few fruitless requests", async () => {
    const list = rows(35);
    const read = await collect((range) => ({ rows: slice(list, range), total: 500 }), { kind, ahead: 1 });
    expect(read.ids).toEqual(ids(list));
    expect(read.asked.length).toBeLessThan(10);
  });

  test("capped below the limit asked for is read whole", async () => {
    const list = rows(57);
    const capped = (range: Range) => slice(list, { start: range.start, limit: Math.min(range.limit, 4) });
    const read = await collect((range) => ({ rows: capped(range), total: 57 }), { kind });
    expect(read.ids).toEqual(ids(list));
    expect(read.moved).toBeUndefined();
  });

  test("with an empty page in the middle, once, is read whole", async () => {
    const list = rows(57);
    let holes = 0;
    const read = await collect(
      (range) => ({ rows: range.start > 20 && holes++ === 0 ? [] : slice(list, range), total: 57 }),
      { kind },
    );
    expect(read.ids).toEqual(ids(list));
  });

  test("with a page that stays empty is read beyond it, and the count tells", async () => {
    const list = rows(57);
    const hole = (range: Range) => range.start >= 18 && range.start < 22;
    const read = await collect((range) => ({ rows: hole(range) ? [] : slice(list, range), total: 57 }), {
      kind,
    });
    expect(read.ids).toContain("r56");
    expect(read.count).toBe(read.ids.length);
    expect(read.count).toBeLessThan(57);
  });

  test("that repeats a page is noticed", async () => {
    const list = rows(57);
    const read = await collect(
      (range) => ({ rows: slice(list, range.start > 30 ? { ...range, start: 0 } : range), total: 57 }),
      { kind },
    );
    expect(new Set(read.ids).size).toBe(read.ids.length);
    expect(read.moved).toBeDefined();
  });

  test("that never ends and never reports a total is given up when it repeats itself", async () => {
    const read = await collect((range) => ({ rows: rows(range.limit), total: null }), { kind });
    expect(read.ids).toEqual(ids(rows(10)));
    expect(read.moved).toBeDefined();
  });
});

test("a server with a page size of its own is read whole by page numbers", async () => {
  const list = rows(57);
  for (const size of [4, 25]) {
    // `offset` counts pages of the server's own size, whatever limit is asked for.
    const read = await collect(
      ({ start, limit }) => ({
        rows: slice(list, { start: (start / limit) * size, limit: size }),
        total: 57,
      }),
      { kind: "page-number" },
    );
    expect(read.ids).toEqual(ids(list));
  }
});

test("records without an identity are all kept", async () => {
  const list: Row[] = Array.from({ length: 35 }, () => ({ id: null }));
  const read = await collect((range) => ({ rows: slice(list, range), total: 35 }));
  expect(read.count).toBe(35);
});

test("pages are asked for ahead, as many as allowed", async () => {
  let active = 0;
  let most = 0;
  const list = readList<Row>(
    async (range) => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setTimeout(resolve, 1));
      active--;
      return { rows: slice(rows(200), range), total: 200 };
    },
    {
      paging: { kind: "record-offset", items: "", total: "", pageSize: 10 },
      pageSize: 10,
      offset: 0,
      ahead: 5,
      memory: Infinity,
      keyOf: (row) => row.id,
    },
  );
  for await (const page of list) expect(page.records.length).toBeGreaterThan(0);
  expect(most).toBe(5);
});

// A list that changes between requests: insertions anywhere, deletions anywhere, and ties whose order is new each time.
interface Change {
  readonly kind: "insert" | "delete" | "shuffle";
  /** Where, as a part of the list's length. */
  readonly at: number;
  /** Before which request. */
  readonly before: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("insert", "delete", "shuffle"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  before: fc.integer({ min: 1, max: 30 }),
});

test.each(kinds)("a list paged by %s that changes while it is read loses nothing silently", async (kind) => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.array(change, { maxLength: 4 }),
      fc.integer({ min: 1, max: 6 }),
      async (size, changes, ahead) => {
        let list = rows(size);
        const lasting = new Set(ids(list));
        let requests = 0;
        let added = 0;
        const apply = ({ kind: what, at }: Change) => {
          const index = Math.min(list.length, Math.floor(at * (list.length + 1)));
          if (what === "insert") list = list.toSpliced(index, 0, { id: `new${added++}` });
          if (what === "delete") {
            lasting.delete(list[index]?.id ?? null);
            list = list.toSpliced(index, 1);
          }
          if (what === "shuffle") {
            const group = list.slice(index, index + 5).toReversed();
            list = list.toSpliced(index, group.length, ...group);
          }
        };
        const read = await collect(
          (range) => {
            requests++;
            for (const each of changes) if (each.before === requests) apply(each);
            return { rows: slice(list, range), total: list.length };
          },
          { kind, ahead },
        );
        expect(new Set(read.ids).size).toBe(read.ids.length);
        const claimsComplete = read.moved === undefined && read.count === read.total;
        const missing = [...lasting].filter((id) => !read.ids.includes(id));
        expect(claimsComplete ? missing : []).toEqual([]);
      },
    ),
  );
});
