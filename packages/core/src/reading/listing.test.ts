import fc from "fast-check";
import { type Fresh, type Outcome, readList, type Stretch } from "./listing.ts";
import type { Range } from "./paging.ts";
import type { Paging } from "../queries/query.ts";

interface Row {
  readonly id: string | null;
}

const REFUSAL = new Error("a limit this large is not served");

const rows = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${from + index}` }));

async function collect(
  ask: (range: Range) => Stretch<Row>,
  options: {
    readonly kind?: Paging["kind"];
    readonly pageSize?: number;
    readonly longPageSize?: number | undefined;
    readonly offset?: number;
    readonly ahead?: number;
    readonly memory?: number;
  } = {},
): Promise<
  Outcome & {
    readonly ids: readonly (string | null)[];
    readonly asked: readonly Range[];
    readonly pages: readonly Fresh<Row>[];
  }
> {
  const { kind = "record-offset", pageSize = 10, longPageSize, offset = 0, ahead = 4 } = options;
  const { memory = Infinity } = options;
  const asked: Range[] = [];
  const list = readList<Row>(
    async (range) => {
      asked.push(range);
      return ask(range);
    },
    {
      paging: { kind, items: "", total: "", pageSize },
      pageSize,
      longPageSize,
      refusesLength: (error) => error === REFUSAL,
      offset,
      ahead: () => ahead,
      memory,
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
      refusesLength: () => false,
      offset: 0,
      ahead: () => 5,
      memory: Infinity,
      keyOf: (row) => row.id,
    },
  );
  for await (const page of list) expect(page.records.length).toBeGreaterThan(0);
  expect(most).toBe(5);
});

test("a list that is not paged is one answer", async () => {
  const read = await collect(() => ({ rows: rows(35), total: 40 }), { kind: "none", pageSize: 0 });
  expect(read).toMatchObject({ count: 35, total: 40, moved: undefined });
  expect(read.asked).toHaveLength(1);
  expect(read.pages).toEqual([{ records: rows(35), offset: 0, total: 40 }]);
});

test("each stretch begins a little before the end of the last one, and says where it was", async () => {
  const read = await collect((range) => ({ rows: slice(rows(25), range), total: 25 }), { ahead: 1 });
  expect(read.asked).toEqual([
    { start: 0, limit: 10 },
    { start: 9, limit: 10 },
    { start: 18, limit: 10 },
  ]);
  expect(read.pages.map(({ offset, total, records }) => [offset, total, records.length])).toEqual([
    [0, 25, 10],
    [9, 25, 9],
    [18, 25, 6],
  ]);
});

test("nothing is asked for ahead that lies behind the total", async () => {
  const read = await collect((range) => ({ rows: slice(rows(25), range), total: 25 }), { ahead: 8 });
  expect(read.asked.map(({ start }) => start)).toEqual([0, 9, 18]);
});

test("without a total, the end is where a look brings only what is known", async () => {
  const read = await collect((range) => ({ rows: slice(rows(25), range), total: null }));
  expect(read.asked.map(({ start }) => start)).toEqual([0, 9, 18, 24]);
});

test("a page that is short once, in the middle, is continued with full ones", async () => {
  const short = ({ start, limit }: Range) => ({ start, limit: start === 18 ? 4 : limit });
  const read = await collect((range) => ({ rows: slice(rows(57), short(range)), total: 57 }), { ahead: 1 });
  expect(read.asked.slice(2, 4)).toEqual([
    { start: 18, limit: 10 },
    { start: 21, limit: 10 },
  ]);
  expect(read.ids).toEqual(ids(rows(57)));
});

test("a full last page is followed by a look whether there is more", async () => {
  const read = await collect((range) => ({ rows: slice(rows(19), range), total: 19 }), { ahead: 1 });
  expect(read.asked.at(-1)).toEqual({ start: 18, limit: 10 });
  expect(read.asked).toHaveLength(3);
});

describe("an offset", () => {
  test.each(kinds)("by %s leaves out what is before it", async (kind) => {
    const list = rows(57);
    for (const offset of [1, 10, 23, 56]) {
      const read = await collect((range) => ({ rows: slice(list, range), total: 57 }), { kind, offset });
      expect(read.ids).toEqual(ids(list.slice(offset)));
      expect(read).toMatchObject({ count: 57 - offset, total: 57, moved: undefined });
    }
  });

  test("by page numbers begins with the page that holds it", async () => {
    const read = await collect((range) => ({ rows: slice(rows(57), range), total: 57 }), {
      kind: "page-number",
      offset: 23,
    });
    expect(read.asked[0]).toEqual({ start: 20, limit: 10 });
  });

  test.each(kinds)("by %s behind the end finds nothing", async (kind) => {
    const read = await collect((range) => ({ rows: slice(rows(5), range), total: 5 }), { kind, offset: 20 });
    expect(read).toMatchObject({ count: 0, total: 5, moved: undefined });
  });

  test("does not pass for read where the server has pages of its own size", async () => {
    const own = ({ start, limit }: Range) => slice(rows(57), { start: (start / limit) * 25, limit: 25 });
    const read = await collect((range) => ({ rows: own(range), total: 57 }), {
      kind: "page-number",
      offset: 30,
    });
    expect(read.count + 30).toBeLessThan(57);
  });
});

describe("what moved is said in words", () => {
  test("of a total that falls, but not of one that rises", async () => {
    const totals = (first: number, then: number) => {
      let asked = 0;
      return collect((range) => ({ rows: slice(rows(57), range), total: asked++ === 0 ? first : then }));
    };
    expect((await totals(57, 50)).moved).toBe("the total fell from 57 to 50");
    expect((await totals(50, 57)).moved).toBeUndefined();
  });

  test("of a record that was inserted before", async () => {
    let asked = 0;
    const later = [{ id: "new" }, ...rows(57)];
    const read = await collect(
      (range) => ({ rows: slice(asked++ === 0 ? rows(57) : later, range), total: 57 }),
      { ahead: 1 },
    );
    expect(read.moved).toBe("the records around index 9 are others than a moment before");
    expect(new Set(read.ids).size).toBe(read.ids.length);
  });

  test("of a record that is another, where it stood", async () => {
    let asked = 0;
    const later = rows(90).with(39, { id: "other" });
    const read = await collect(
      (range) => ({ rows: slice(asked++ === 0 ? rows(90) : later, range), total: 90 }),
      {
        ahead: 1,
        pageSize: 40,
      },
    );
    expect(read.moved).toBe("the records around index 39 are others than a moment before");
  });

  test("of records without an identity, by what they hold", async () => {
    let asked = 0;
    const unnamed = (from: number) =>
      Array.from({ length: 30 }, (_, index) => ({ id: null, text: from + index }));
    const read = await collect(
      (range) => ({ rows: slice(unnamed(asked++ === 0 ? 0 : -1), range), total: 30 }),
      { ahead: 1 },
    );
    expect(read.moved).toBe("the records around index 9 are others than a moment before");
  });

  test("of a record that comes again much later", async () => {
    const list = [...rows(40), { id: "r3" }, ...rows(10, 40)];
    const read = await collect((range) => ({ rows: slice(list, range), total: 51 }));
    expect(read.moved).toBe("a record came twice");
    expect(read.count).toBe(50);
  });
});

test("keys are remembered for as many records as asked for, at least, and for twice as many at most", async () => {
  const again = (distance: number) => [...rows(distance), { id: "r0" }, ...rows(9, distance)];
  const read = (list: readonly Row[]) =>
    collect((range) => ({ rows: slice(list, range), total: list.length }), { memory: 20 });
  expect((await read(again(20))).moved).toBe("a record came twice");
  expect((await read(again(39))).moved).toBe("a record came twice");
  expect(await read(again(40))).toMatchObject({ moved: undefined, count: 50 });
});

test("a page that stays empty is asked for twice, then passed over", async () => {
  const hole = ({ start }: Range) => start >= 9 && start < 19;
  const read = await collect((range) => ({ rows: hole(range) ? [] : slice(rows(40), range), total: 40 }), {
    ahead: 1,
  });
  expect(read.asked.filter(hole)).toEqual([
    { start: 9, limit: 10 },
    { start: 9, limit: 10 },
  ]);
  expect(read.ids).toContain("r39");
  expect(read.count).toBe(31);
  expect(read.pages.every(({ records }) => records.length > 0)).toBe(true);
});

test("an empty list with a total is given up after three looks", async () => {
  const read = await collect(() => ({ rows: [], total: 12 }), { ahead: 1 });
  expect(read).toMatchObject({ count: 0, total: 12, moved: undefined });
  expect(read.asked).toHaveLength(3);
});

test("what was asked ahead for a page size that the server does not grant is asked anew", async () => {
  const capped = (range: Range) => slice(rows(57), { ...range, limit: Math.min(range.limit, 4) });
  const read = await collect((range) => ({ rows: capped(range), total: 57 }), { ahead: 4 });
  expect(read.asked.slice(0, 3)).toEqual([
    { start: 0, limit: 10 },
    { start: 3, limit: 4 },
    { start: 6, limit: 4 },
  ]);
  expect(read.moved).toBeUndefined();
});

test("a stretch that fails ends the list with its error, when its turn comes", async () => {
  const list = collect((range) => {
    if (range.start > 20) throw new Error(`no stretch at ${range.start}`);
    return { rows: slice(rows(57), range), total: 57 };
  });
  await expect(list).rejects.toThrow("no stretch at 27");
});

describe.each(kinds)("long pages of a list paged by %s", (kind) => {
  const long = { kind, longPageSize: 100 };
  const capped = (list: readonly Row[], cap: number) => (range: Range) => ({
    rows: slice(list, { ...range, limit: Math.min(range.limit, cap) }),
    total: list.length,
  });

  test("are asked for once the list turns out to be longer, the first one alone", async () => {
    let active = 0;
    const atOnce: number[] = [];
    const list = rows(1000);
    const read = readList<Row>(
      async (range) => {
        active++;
        await new Promise((resolve) => setTimeout(resolve, 1));
        atOnce.push(active--);
        return { rows: slice(list, range), total: 1000 };
      },
      {
        paging: { kind, items: "", total: "", pageSize: 10 },
        pageSize: 10,
        longPageSize: 100,
        refusesLength: () => false,
        offset: 0,
        ahead: (limit) => (limit === 100 ? 3 : 30),
        memory: Infinity,
        keyOf: (row) => row.id,
      },
    );
    const found: (string | null)[] = [];
    for await (const page of read) found.push(...page.records.map((row) => row.id));
    expect(found).toEqual(ids(list));
    expect(atOnce.slice(0, 3)).toEqual([1, 1, 3]);
    expect(atOnce.length).toBeLessThan(14);
  });

  test.each([0, 1, 9, 10, 11, 95, 100, 101, 1234])("read a list of %i records whole", async (count) => {
    const list = rows(count);
    const read = await collect((range) => ({ rows: slice(list, range), total: count }), long);
    expect(read.ids).toEqual(ids(list));
    expect(read).toMatchObject({ count, total: count, moved: undefined });
    expect(read.asked[0]).toEqual({ start: 0, limit: 10 });
  });

  test("are given up where one is refused", async () => {
    const list = rows(1000);
    const ask = (range: Range) => {
      if (range.limit > 10) throw REFUSAL;
      return { rows: slice(list, range), total: 1000 };
    };
    const read = await collect(ask, long);
    expect(read.ids).toEqual(ids(list));
    expect(read.asked.filter(({ limit }) => limit > 10)).toHaveLength(1);
  });

  test("do not hide another error", async () => {
    const list = collect((range) => {
      if (range.limit > 10) throw new Error("no route to the service");
      return { rows: slice(rows(1000), range), total: 1000 };
    }, long);
    await expect(list).rejects.toThrow("no route to the service");
  });

  test.each([10, 25, 60, 99])("shrink to the %i records that are granted", async (cap) => {
    const list = rows(1000);
    const read = await collect(capped(list, cap), long);
    expect(read.ids).toEqual(ids(list));
    expect(read.moved).toBeUndefined();
    expect(read.asked.filter(({ limit }) => limit > cap)).toHaveLength(1);
    expect(read.asked.length).toBeLessThan((1000 / cap) * 2);
  });

  test("that are empty, once, do not end the list", async () => {
    const list = rows(1000);
    let holes = 0;
    const read = await collect(
      (range) => ({ rows: range.limit > 10 && holes++ === 0 ? [] : slice(list, range), total: 1000 }),
      long,
    );
    expect(read.ids).toEqual(ids(list));
  });

  test.each([
    ["behind an offset", { offset: 5 }, rows(1000)],
    ["of a list that fits into one page", {}, rows(9)],
  ])("are not tried %s", async (_, options, list) => {
    const read = await collect((range) => ({ rows: slice(list, range), total: list.length }), {
      ...long,
      ...options,
    });
    expect(read.asked.every(({ limit }) => limit <= 10)).toBe(true);
  });

  test("are not tried where a list has no total", async () => {
    const read = await collect((range) => ({ rows: slice(rows(200), range), total: null }), long);
    expect(read.ids).toEqual(ids(rows(200)));
    expect(read.asked.every(({ limit }) => limit <= 10)).toBe(true);
  });
});

test("long pages are not tried where a server has a page size of its own", async () => {
  const own = ({ start, limit }: Range) => slice(rows(570), { start: (start / limit) * 25, limit: 25 });
  const read = await collect((range) => ({ rows: own(range), total: 570 }), {
    kind: "page-number",
    longPageSize: 100,
  });
  expect(read.ids).toEqual(ids(rows(570)));
  expect(read.asked.every(({ limit }) => limit <= 25)).toBe(true);
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
      fc.constantFrom(undefined, 25, 100),
      fc.constantFrom(Infinity, 10, 40),
      async (size, changes, ahead, longPageSize, cap) => {
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
            return {
              rows: slice(list, { ...range, limit: Math.min(range.limit, cap) }),
              total: list.length,
            };
          },
          { kind, ahead, longPageSize },
        );
        expect(new Set(read.ids).size).toBe(read.ids.length);
        const claimsComplete = read.moved === undefined && read.count === read.total;
        const missing = [...lasting].filter((id) => !read.ids.includes(id));
        expect(claimsComplete ? missing : []).toEqual([]);
      },
    ),
  );
});
