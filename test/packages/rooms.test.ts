import { globSync } from "node:fs";
import { dirname } from "node:path";

import { chainToSocket } from "../../scripts/check/dependencies/chain.ts";
import { cyclesIn, graphOf } from "../../scripts/check/dependencies/graph.ts";
import { sourcesIn } from "../../scripts/check/dependencies/sources.ts";
import { type Room, ROOMS } from "./rooms.ts";

const MOST_FILES = 16;
const LONGEST_CHAIN = 10;

describe.each(Object.entries(ROOMS))("%s", (folder, rooms) => {
  const src = `packages/${folder}/src`;
  const graph = graphOf(sourcesIn(src));
  const files = [...graph.keys()];

  test("every file is in a room that test/packages/rooms.ts names, and every room has a file", () => {
    const homeless = files.filter((file) => placeOf(file, src, rooms) === undefined);
    expect(homeless).toEqual([]);
    const lived = new Set(files.map((file) => placeOf(file, src, rooms)));
    expect(rooms.flatMap(({ places }) => places).filter((place) => !lived.has(place))).toEqual([]);
  });

  test("a room uses only rooms below it", () => {
    const upward = rooms.flatMap(({ places, uses }, index) =>
      uses
        .filter((place) => place !== "*" && indexOf(place, rooms) <= index)
        .map((place) => `${places.join(", ")} → ${place}`),
    );
    expect(upward).toEqual([]);
  });

  test("a file imports from its own room, and from those that its room uses", () => {
    const wrong = [...graph].flatMap(([file, imports]) =>
      imports
        .filter((other) => other.startsWith(`${src}/`))
        .filter((other) => !mayImport(file, other))
        .map((other) => `${file} → ${other}`),
    );
    expect(wrong).toEqual([]);
  });

  function mayImport(file: string, imported: string): boolean {
    const [own, other] = [file, imported].map((each) => indexOf(placeOf(each, src, rooms), rooms)) as [
      number,
      number,
    ];
    const { uses = [] } = rooms[own] ?? {};
    return (
      own === other || uses.some((place) => (place === "*" ? other > own : indexOf(place, rooms) === other))
    );
  }

  test("no import leads back to where it began", () => {
    expect(cyclesIn(graph)).toEqual([]);
  });
});

test("scripts, tests and the benchmark have no import that leads back either", () => {
  const sources = ["scripts", "test", "bench"].flatMap((folder) => sourcesIn(folder));
  expect(cyclesIn(graphOf(sources))).toEqual([]);
});

test(`no folder of source has more than ${MOST_FILES} files on its floor`, () => {
  const files = globSync(["packages/*/src/**/*.ts", "scripts/**/*.ts", "bench/**/*.ts", "test/**/*.ts"]);
  const counts = Map.groupBy(
    files.filter((file) => !file.endsWith(".test.ts")),
    (file) => dirname(file),
  );
  const full = [...counts].filter(([, each]) => each.length > MOST_FILES).map(([folder]) => folder);
  expect(full).toEqual([]);
});

test(`from evaluateGate to a socket it is at most ${LONGEST_CHAIN} files`, () => {
  const chain = chainToSocket();
  expect(chain.at(0)).toBe("gate/evaluate.ts");
  expect(chain.at(-1)).toBe("http/transport.ts");
  expect(chain.length).toBeLessThanOrEqual(LONGEST_CHAIN);
});

/** The place that a file lies in: itself, or its folder; `gate/rules/*` is any folder in that one, `.` the top floor. */
function placeOf(file: string, src: string, rooms: readonly Room[]): string | undefined {
  const path = file.slice(src.length + 1);
  const folder = dirname(path);
  const places = rooms.flatMap((room) => room.places);
  const candidates = [path, folder, `${dirname(folder)}/*`];
  return candidates.find((place) => places.includes(place));
}

function indexOf(place: string | undefined, rooms: readonly Room[]): number {
  return place === undefined ? -1 : rooms.findIndex(({ places }) => places.includes(place));
}
