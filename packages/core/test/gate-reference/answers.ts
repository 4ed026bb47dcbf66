/** What a service has sent with one answer, and when. */
export interface Sent {
  /** Minutes since 1970 that its Date says; undefined where it has none that can be read. */
  readonly date: number | undefined;
  /** Its Age, as sent; undefined where it has none. */
  readonly age: string | undefined;
  /** What it says under the total's name; undefined where it says nothing. */
  readonly total: unknown;
  readonly status: number;
  /** Whether an error is stated beside the list. */
  readonly error: boolean;
}

/**
 * Whether answers can be believed to hold the whole list, and to be of now, as the documentation has it; all answers come
 * within a minute of the machine's `now`.
 */
export function believed(
  all: readonly Sent[],
  {
    rows,
    paged,
    timed,
    now,
  }: { readonly rows: number; readonly paged: boolean; readonly timed: boolean; readonly now: number },
): boolean {
  if (all.length === 0) return false;
  if (all.some(({ status, error }) => status !== 200 || error)) return false;
  const totals = all.map(({ total }) => total ?? null).filter((total) => total !== null);
  if (totals.length === 0 && (!paged || rows === 0)) return false;
  if (!totals.every((total) => /^(?:\d{1,15}|"\d{1,15}")$/.test(JSON.stringify(total)))) return false;
  // A list whose total changes is read again, and may be found at rest.
  if (totals.length > 0 && !totals.some((total) => Number(total) === rows)) return false;
  for (const { age } of all) {
    if (age !== undefined && (!/^\d+$/.test(age) || Number(age) > 5 * 60)) return false;
  }
  const dates = all.map(({ date }) => date).filter((date) => date !== undefined);
  if (timed && dates.length < all.length) return false;
  if (dates.some((date) => date > now + 180 || date < now - 180)) return false;
  return dates.every((one) => dates.every((other) => Math.abs(one - other) <= 5));
}
