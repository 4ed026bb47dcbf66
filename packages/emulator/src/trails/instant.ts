/**
 * The instant of a DDS time such as `2020-12-06T09:00:00+0800`, which is the only documented form: no `Z`, no colon in
 * the offset, no fraction.
 *
 * @returns Milliseconds since 1970-01-01 UTC, or undefined if the text has another form or names no real time.
 */
export function parseOffsetTime(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([+-])(\d{2})(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [, local = "", sign, hours, minutes] = match;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  const utc = Date.parse(`${local}Z`);
  // Date.parse turns 31 February into 2 March and accepts 24:00:00; only a text that comes back unchanged is a real time.
  if (Number.isNaN(utc) || zonelessTime(utc) !== local) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "+" ? utc - offset : utc + offset;
}

/** The DDS form, always at offset `+0000`. */
export function offsetTime(ms: number): string {
  return `${zonelessTime(ms)}+0000`;
}

/** The form of DWS dump records, which carries no zone; here always UTC. */
export function zonelessTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** The form of `X-Sdk-Date`: `20191115T033655Z`. */
export function parseSdkDate(text: string): number | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
