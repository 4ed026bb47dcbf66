import { tryParseZone } from "./zone.ts";

const hours = (...instants: readonly string[]) => instants.map((text) => Date.parse(text));
const local = (text: string) => Date.parse(`${text}Z`);

test.each([
  ["Z", 0],
  ["+00:00", 0],
  ["+08:00", 8],
  ["+0800", 8],
  ["-03:30", -3.5],
  ["+14:00", 14],
  ["UTC", 0],
  ["Asia/Shanghai", 8],
])("a clock in %s shows its own time", (text, ahead) => {
  expect(tryParseZone(text)?.instantsOf(local("2026-01-31T12:00:00"))).toEqual([
    local("2026-01-31T12:00:00") - ahead * 3_600_000,
  ]);
});

test.each(["", "8", "+8", "+08", "+8:00", "+08:60", "+14:01", "-15:00", "Mars/Olympus", "GMT+25", "local"])(
  "%j is no zone",
  (text) => {
    expect(tryParseZone(text)).toBeUndefined();
  },
);

test("an hour that a clock skips has no instant", () => {
  const berlin = tryParseZone("Europe/Berlin");
  expect(berlin?.instantsOf(local("2026-03-29T01:59:59"))).toEqual(hours("2026-03-29T00:59:59Z"));
  expect(berlin?.instantsOf(local("2026-03-29T02:30:00"))).toEqual([]);
  expect(berlin?.instantsOf(local("2026-03-29T03:00:00"))).toEqual(hours("2026-03-29T01:00:00Z"));
});

test("an hour that a clock shows twice has two instants, the earlier one first", () => {
  const newYork = tryParseZone("America/New_York");
  expect(newYork?.instantsOf(local("2026-11-01T01:30:00"))).toEqual(
    hours("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"),
  );
  expect(newYork?.instantsOf(local("2026-11-01T02:00:00"))).toEqual(hours("2026-11-01T07:00:00Z"));
});

test("a clock may change one minute past midnight", () => {
  const stJohns = tryParseZone("America/St_Johns");
  expect(stJohns?.instantsOf(local("2002-04-07T00:00:59"))).toEqual(hours("2002-04-07T03:30:59Z"));
  expect(stJohns?.instantsOf(local("2002-04-07T00:30:00"))).toEqual([]);
  expect(stJohns?.instantsOf(local("2002-04-07T01:12:00"))).toEqual(hours("2002-04-07T03:42:00Z"));
});

test("every time of a year is found again, in zones that change in both hemispheres", () => {
  for (const name of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]) {
    const zone = tryParseZone(name);
    const clock = new Intl.DateTimeFormat("sv-SE", {
      timeZone: name,
      dateStyle: "short",
      timeStyle: "medium",
    });
    for (let at = Date.UTC(2026, 0); at < Date.UTC(2027, 0); at += 5_400_000) {
      const shown = clock.format(at).replace(" ", "T");
      expect(zone?.instantsOf(local(shown))).toContain(at);
    }
  }
});
