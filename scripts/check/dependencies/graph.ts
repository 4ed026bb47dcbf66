import { dirname, join } from "node:path";

import type { Source } from "./sources.ts";

/** What a file imports, by file: files by their path from the root, packages by their name. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export function graphOf(sources: readonly Source[]): Graph {
  const target = (file: string, name: string) => (name.startsWith(".") ? join(dirname(file), name) : name);
  return new Map(sources.map(({ file, imports }) => [file, imports.map((name) => target(file, name))]));
}

/** One way around for each file from which an import leads back to it: the files in the order of their imports. */
export function cyclesIn(graph: Graph): string[][] {
  return [...graph.keys()].flatMap((start) => {
    const way = wayBack(graph, start);
    // Of a cycle's files the first in the alphabet tells of it.
    return way && way.every((file) => file >= start) ? [way] : [];
  });
}

function wayBack(graph: Graph, start: string): string[] | undefined {
  const from = new Map<string, string>();
  const waiting = [start];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return traced(from, start, file);
      if (from.has(next)) continue;
      from.set(next, file);
      waiting.push(next);
    }
  }
  return undefined;
}

function traced(from: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [end];
  for (let file = end; file !== start; way.unshift(file)) file = from.get(file) ?? start;
  return way;
}

/**
 * The longest chain of imports from one file to another file or package; both are part of it.
 *
 * @returns Nothing where no import leads there. The graph has no cycles.
 */
export function longestChain(graph: Graph, from: string, to: string): readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>([[to, [to]]]);
  const search = (file: string): readonly string[] | undefined => {
    if (known.has(file)) return known.get(file);
    // While it is under way, a cycle leads nowhere.
    known.set(file, undefined);
    let longest: readonly string[] | undefined;
    for (const next of graph.get(file) ?? []) {
      const chain = search(next);
      if (chain && chain.length > (longest?.length ?? 0)) longest = chain;
    }
    const found = longest && [file, ...longest];
    known.set(file, found);
    return found;
  };
  return search(from);
}
