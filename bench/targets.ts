import type { Server } from "./serving.ts";

/** Records of one page, as every subject but auditgate asks for them. */
export const PAGE = 100;

/** Records of one page where the documents set no maximum, as auditgate asks for them. */
export const LONG_PAGE = 1000;

const DAY_MS = 86_400_000;

export interface Window {
  readonly start: string;
  readonly end: string;
}

/** Windows of at most 30 days, as the service allows, written as it demands. */
export function windowsOf(from: number, to: number): readonly Window[] {
  const vendor = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}+0000`;
  const windows: Window[] = [];
  for (let start = from; start < to; start += 30 * DAY_MS) {
    windows.push({ start: vendor(start), end: vendor(Math.min(to, start + 30 * DAY_MS)) });
  }
  return windows;
}

/** A list that the service has. */
export interface List {
  readonly path: string;
  /** Records of a page; {@link PAGE} if absent. */
  readonly pageSize?: number;
  /** What the next page adds to `offset`. */
  readonly step: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Every page there is to ask for, known beforehand: what no real reader is told. */
export async function targetsOf(server: Server, lists: readonly List[]): Promise<readonly string[]> {
  const all = lists.map(async ({ path, pageSize = PAGE, step, parameters }) => {
    const target = (page: number) =>
      `${path}?${new URLSearchParams({ ...parameters, limit: String(pageSize), offset: String(page * step) }).toString()}`;
    const answer = await fetch(`${server.url}${target(0)}`, { headers: { "x-auth-token": server.token } });
    const { count, total_record: total } = (await answer.json()) as { count?: number; total_record?: number };
    return Array.from({ length: Math.ceil((count ?? total ?? 0) / pageSize) }, (_, page) => target(page));
  });
  return (await Promise.all(all)).flat();
}
