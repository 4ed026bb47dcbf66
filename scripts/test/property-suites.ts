import { runPart } from "./jest.ts";

const SUITES = "(listing|wire|vendor-error|instant|window|dynamic-value|histories|properties)\\.test\\.ts$";

/** Runs the suites that have property tests, with so many cases each. */
export async function testProperties({ runs }: { readonly runs: string }): Promise<void> {
  process.env["PROPERTY_RUNS"] = runs;
  await runPart(["--testPathPatterns", SUITES, "--testTimeout", String(24 * 3_600_000)]);
}
