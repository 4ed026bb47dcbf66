import { tryCase } from "../scripts/test/matrix/case.ts";
import { cases, expectedOf } from "../scripts/test/matrix/expected.ts";

jest.setTimeout(180_000);

// `npx pnpm@12 test matrix` tries all of them. These are where engines differ, and one of each way.
const some = cases().filter(
  ({ place, kind, way }) =>
    (way === "saved" && kind === "ephemeral") || (place === "root" && kind === "both") || place === "bare",
);

test.each(some)("$engine, gate at $place as $kind, $way: what the pages say is held", async (one) => {
  expect(await tryCase(one)).toEqual(expectedOf(one));
});
