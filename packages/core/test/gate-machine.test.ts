import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Emulator, generateData, sample, startEmulator } from "@auditgate/emulator";

jest.setTimeout(180_000);

const HOUR_MS = 3_600_000;
const { healthy } = sample.clusters;
// Half past, so that ages are the same whenever this runs: the newest records end on the hour.
const shiftMs = HOUR_MS / 2 - (Date.now() % HOUR_MS);
const now = () => new Date(Date.now() + shiftMs);
/** Noon in Shanghai, four o'clock in UTC, of a day within the trail. */
const noon = new Date(Date.now() - 3 * 24 * HOUR_MS).toISOString().slice(0, 10);

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ now, data: generateData({ anchor: now() }) });
  emulator.update((data) => {
    const cluster = data.clusters.find(({ id }) => id === healthy);
    if (!cluster || !Array.isArray(cluster.dumps)) throw new Error("no dumps");
    // A cluster that writes local time, where no clock is ever put forward or back.
    for (const dump of cluster.dumps) {
      for (const name of ["executor_time", "begin_time", "end_time"] as const)
        dump[name] = inKathmandu(dump[name] ?? "");
    }
    cluster.parameterChanges = [
      `${noon}T04:00:00.000Z`,
      new Date(now().getTime() - HOUR_MS / 3).toISOString(),
    ].map((start_time, id) => ({
      id,
      start_time,
      end_time: start_time,
      status: "In-Sync",
      operator: "anna",
    }));
  });
});

afterAll(() => emulator.close());

interface Output {
  readonly clock: string;
  readonly passed: readonly boolean[];
  readonly rules: readonly (readonly string[])[];
  readonly text: readonly string[];
}

const token = {
  AUDITGATE_TOKEN: sample.auditor.token,
  AUDITGATE_PROJECT_ID: sample.project.id,
};

async function verdicts(
  env: { readonly [name: string]: string },
  offsetMs: number,
  signed: boolean,
): Promise<Output> {
  const clock = `const D = Date; globalThis.Date = class extends D {
    constructor(...given) { given.length ? super(...given) : super(D.now() + ${offsetMs}); }
    static now() { return D.now() + ${offsetMs}; }
  };`;
  const credentials = signed ? emulator.env : { ...withoutKeys(emulator.env), ...token };
  const options = [
    "--conditions=@auditgate/source",
    "--import",
    `data:text/javascript,${encodeURIComponent(clock)}`,
  ];
  const program = [join(__dirname, "gate-program.ts"), healthy, sample.instances.healthy, noon];
  const child = spawn(process.execPath, [...options, ...program], {
    env: { PATH: process.env["PATH"], HOME: "/nowhere", ...credentials, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const piece of child.stdout) text += String(piece);
  return JSON.parse(text) as Output;
}

function withoutKeys(env: Readonly<{ [name: string]: string }>) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/KEY|PASSWORD|USER|TOKEN/.test(name)));
}

function inKathmandu(utc: string): string {
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Kathmandu",
    dateStyle: "short",
    timeStyle: "medium",
  });
  return clock.format(Date.parse(`${utc}Z`)).replace(" ", "T");
}

test.each([
  ["signed", true],
  ["with a token", false],
])("verdicts, %s, do not depend on the machine's clock, zone or language", async (_, signed) => {
  const { clock, ...expected } = await verdicts({ TZ: "UTC", LANG: "C" }, 0, signed);
  expect(Math.abs(Date.parse(clock) - Date.now())).toBeLessThan(HOUR_MS);
  expect(expected.passed).toEqual(expected.passed.map((__, index) => index % 2 === 0));
  for (const [env, offsetMs] of [
    [{ TZ: "Asia/Shanghai", LANG: "zh_CN.UTF-8" }, 0],
    [{ TZ: "America/New_York", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" }, 0],
    [{ TZ: "Europe/Berlin", LANG: "de_DE.UTF-8" }, 2 * HOUR_MS],
    [{ TZ: "Asia/Shanghai", LANG: "C" }, -2 * HOUR_MS],
    [{ TZ: "America/New_York", LANG: "C" }, 2.4 * HOUR_MS],
  ] as const) {
    const { clock: own, ...other } = await verdicts(env, offsetMs, signed);
    expect(Math.abs(Date.parse(own) - Date.now() - offsetMs)).toBeLessThan(HOUR_MS);
    expect(other).toEqual(expected);
  }
});

test.each([
  ["signed", true],
  ["with a token", false],
])("a machine, %s, whose clock is too far from the service's passes no gate", async (_, signed) => {
  for (const offsetMs of [3.6 * HOUR_MS, -3.6 * HOUR_MS, 300 * 24 * HOUR_MS, -50 * 365 * 24 * HOUR_MS]) {
    const { passed, rules, text } = await verdicts({ TZ: "UTC", LANG: "C" }, offsetMs, signed);
    expect(passed.filter(Boolean)).toEqual([]);
    expect(new Set(rules.flat())).toEqual(new Set(["clock unknown"]));
    for (const each of text) expect(each).toContain("one of the two clocks is wrong");
  }
});
