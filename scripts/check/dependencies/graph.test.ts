import { cyclesIn, longestChain } from "./graph.ts";

const graph = (edges: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(edges));

test("a cycle is told once, whatever leads into it", () => {
  const edges = graph({ a: ["b"], b: ["c"], c: ["d"], d: ["b", "undici"], e: ["e"] });
  expect(cyclesIn(edges)).toEqual([["b", "c", "d"], ["e"]]);
});

test("files that share what they import are no cycle", () => {
  expect(cyclesIn(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toEqual([]);
});

test("of several chains the longest is found, and none where none leads there", () => {
  const edges = graph({ a: ["b", "c"], b: ["d"], c: ["b"], d: ["undici"], e: [] });
  expect(longestChain(edges, "a", "undici")).toEqual(["a", "c", "b", "d", "undici"]);
  expect(longestChain(edges, "e", "undici")).toBeUndefined();
});
