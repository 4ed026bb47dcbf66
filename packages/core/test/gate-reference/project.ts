import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import type { Sent } from "./answers.ts";
import { AT } from "./history.ts";
import type { Listed } from "./subjects.ts";
import { wired } from "./wire.ts";

/** What the list of a project says, and how. */
export interface List {
  readonly listed: readonly Listed[];
  readonly sent: Sent;
  /** Most entries of a page, where there are pages. */
  readonly pageCap: number;
}

/** A project as its service tells of it. */
export interface Project extends List {
  readonly id: string;
  /** By cluster or instance, listed or not. */
  readonly rows: Readonly<Record<string, readonly object[]>>;
  /** By instance. */
  readonly nodes?: Readonly<Record<string, readonly string[]>>;
}

/** Serves the project that `project` gives, on loopback. */
export async function serveProject(
  project: () => Project,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(({ url = "" }, response) => {
    const { id, rows, sent } = project();
    // What an evaluation that has ended asked ahead.
    if (!url.includes(`/${id}/`)) return void response.destroy();
    const { pathname, searchParams } = new URL(url, "http://service");
    response.sendDate = false;
    response.setHeader("Date", new Date(AT * 60_000).toUTCString());
    const first = Number(searchParams.get("offset") ?? 0);
    const [, trail] = Object.entries(rows).find(([subject]) => pathname.includes(`/${subject}/`)) ?? [];
    if (!trail) {
      return void response.writeHead(sent.status).end(JSON.stringify(listOf(project(), first)));
    }
    const all = trail.map(wired);
    const page = all.slice(first, first + 100);
    response.end(
      JSON.stringify({ records: all, count: all.length, audit_logs: page, total_record: all.length }),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** An answer of both lists, of which each reader takes its own. */
function listOf({ listed, sent, pageCap, nodes = {} }: Project, first: number): object {
  const entries = listed.map(({ id, status }) => ({
    id,
    name: "n",
    status,
    mode: "ReplicaSet",
    groups: [{ type: "replica", nodes: (nodes[id] ?? []).map((node) => ({ id: node, name: node })) }],
  }));
  return {
    ...(sent.error && { error_code: "X.1" }),
    clusters: entries,
    count: sent.total,
    instances: entries.slice(first, first + pageCap),
    total_count: sent.total,
  };
}

/** Mostly one thing, sometimes one of others. */
export function mostly<T>(weight: number, usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** Some of these in some states, rarely in a list that cannot be believed. */
export function lists(
  ids: readonly string[],
  right: string,
  ...states: readonly (string | null)[]
): fc.Arbitrary<List> {
  const listed = fc.subarray([...ids]).chain((some) =>
    fc
      .array(mostly<string | null>(6, right, ...states), {
        minLength: some.length,
        maxLength: some.length,
      })
      .map((all) => some.map((id, index) => ({ id, status: all[index] ?? null }))),
  );
  const total = mostly<(count: number) => unknown>(
    20,
    (count) => count,
    (count) => `${count}`,
    (count) => count + 1,
    (count) => count - 1,
    () => undefined,
    () => null,
    () => "many",
  );
  return fc
    .record({
      listed,
      total,
      status: mostly(30, 200, 403, 206, 404),
      error: mostly(30, false, true),
      pageCap: fc.constantFrom(2, 3, 100),
    })
    .map(({ listed, total: totalOf, status, error, pageCap }) => {
      const total = totalOf(listed.length);
      return {
        listed,
        // A page that ends where the total says that the list ends cannot be told from the whole list.
        pageCap: total === pageCap ? 100 : pageCap,
        sent: { date: AT, age: undefined, total, status, error },
      };
    });
}

/** Every subject, every one but some, or some by name. */
export function subjects(
  ids: readonly string[],
): fc.Arbitrary<{ readonly wanted: string[]; readonly except?: string[] }> {
  const every = { wanted: ["*"] };
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(every) },
    {
      weight: 3,
      arbitrary: fc.subarray([...ids], { minLength: 1 }).map((except) => ({ ...every, except })),
    },
    {
      weight: 1,
      arbitrary: fc.subarray([...ids], { minLength: 1, maxLength: 2 }).map((wanted) => ({ wanted })),
    },
  );
}
