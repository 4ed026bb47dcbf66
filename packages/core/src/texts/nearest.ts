/** Most letters that a mistyped name has wrong, missing or too many. */
const FARTHEST = 3;

/** The name that was most probably meant, if one is near: capitals, `-` and `_` do not count. */
export function nearestTo(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, "");
  const [nearest] = names
    .map((each) => ({ each, distance: distanceOf(plain(name), plain(each)) }))
    .filter(({ each, distance }) => distance <= Math.min(FARTHEST, Math.floor(each.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.each;
}

/** The least number of letters to change, add or leave out to make `b` of `a`. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(a).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(b).entries()) {
      const [above = 0, aboveRight = 0] = row.slice(column, column + 2);
      const [left = 0] = next.slice(-1);
      next.push(Math.min(above + (letter === other ? 0 : 1), aboveRight + 1, left + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
