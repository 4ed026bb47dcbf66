import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Emulator, generateData, sample, startEmulator } from "@auditgate/emulator";
import {
  changeNewestDump,
  deployed,
  failNewestDump,
  gated,
  gateProject,
  NO_FAILED_DUMP,
  onlyError,
} from "./gate-project.ts";
import { diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The end of a day in UTC, the nearest one. */
const midnight = Math.round(Date.now() / DAY_MS) * DAY_MS;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const UNTIL = day(midnight - 1);
const SEEN = new Date(midnight - 100 * MINUTE_MS).toISOString().slice(0, 19);

const ACKNOWLEDGED = `acknowledged {
    rule    = "dws.dump.max-failures"
    subject = "${sample.clusters.healthy}"
    record  = { executor_time = "${SEEN}" }
    reason  = "The bucket was renamed; OPS-12."
    since   = "${day(midnight - 9 * DAY_MS)}"
    until   = "${UNTIL}"
  }`;

/** What is ahead of this machine's clock: the service's clock, and that of the machine that engines see [ms]. */
let aheadMs: number;
let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  aheadMs = midnight - 10 * MINUTE_MS - Date.now();
  const now = () => new Date(Date.now() + aheadMs);
  emulator = await startEmulator({ now, data: generateData({ anchor: now() }) });
  folder = mkdtempSync(join(tmpdir(), "auditgate-clock-"));
  mkdirSync(join(folder, "bin"));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => emulator.reset());

/** From now on it is so long before or after midnight, for the service and for every process that an engine starts. */
function setClocks(fromMidnightMs: number): void {
  aheadMs = midnight + fromMidnightMs - Date.now();
  writeFileSync(
    join(folder, "clock.cjs"),
    `const D = Date; globalThis.Date = class extends D {
      constructor(...given) { given.length ? super(...given) : super(D.now() + ${aheadMs}); }
      static now() { return D.now() + ${aheadMs}; }
    };`,
  );
  const node = join(folder, "bin", "node");
  writeFileSync(node, `#!/bin/sh\nexec "${process.execPath}" --require "${folder}/clock.cjs" "$@"\n`);
  chmodSync(node, 0o755);
}

const CASES = (["terraform", "tofu"] as const).flatMap((engine) =>
  (["data", "ephemeral"] as const).map((kind) => ({ engine, kind })),
);

test.each(CASES)(
  "with $engine, a gate as $kind is closed by a failed dump, open while that is acknowledged, and closed again past its end",
  async ({ engine, kind }) => {
    setClocks(-10 * MINUTE_MS);
    const PATH = [join(folder, "bin"), "/usr/bin", "/bin"].join(delimiter);
    const project: Project = await gateProject(engine, emulator, gated(NO_FAILED_DUMP, kind), {
      PATH,
      BUN_OPTIONS: `--preload=${folder}/clock.cjs`,
    });
    try {
      const apply = (release: string) =>
        project.run("apply", "-auto-approve", "-json", `-var=release=${release}`);
      expect(await apply("one")).toMatchObject({ code: 0 });
      failNewestDump(emulator);
      changeNewestDump(emulator, { executor_time: SEEN });
      expect(onlyError(await apply("two")).summary).toBe("The gate is closed: 1 violation");

      project.rewrite(gated(`${NO_FAILED_DUMP}\n  ${ACKNOWLEDGED}`, kind));
      const passed = await apply("two");
      expect(passed.code).toBe(0);
      expect(diagnosticsOf(passed)[0]).toMatchObject({
        severity: "warning",
        summary: expect.stringMatching(/^The gate has passed with 1 acknowledged/),
        detail: expect.stringContaining(`until ${UNTIL}: The bucket was renamed; OPS-12.`),
      });
      expect(deployed(project, "guarded")).toEqual(["one", "two"]);
      await project.succeed("plan", "-out=three.plan", "-var=release=three");

      setClocks(10 * MINUTE_MS);
      const { summary, detail } = onlyError(await apply("three"));
      expect(summary).toBe("The gate is closed: 1 violation");
      expect(detail).toContain(`what was acknowledged until ${UNTIL} counts again`);
      expect(deployed(project, "guarded")).toEqual(["one", "two"]);
      // Data sources are not read again.
      const [code, releases] = kind === "ephemeral" ? [1, ["one", "two"]] : [0, ["one", "two", "three"]];
      expect(await project.run("apply", "three.plan")).toMatchObject({ code });
      expect(deployed(project, "guarded")).toEqual(releases);
    } finally {
      project.remove();
    }
  },
);
