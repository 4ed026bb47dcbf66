import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

jest.setTimeout(600_000);

const program = resolve(__dirname, "../bench/bench.ts");
const bench = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ["--conditions=@auditgate/source", program, ...args]);

interface Results {
  readonly machine: { readonly cores: number };
  readonly results: Readonly<
    Record<string, { readonly rows: readonly Figure[]; readonly charts: readonly object[] }>
  >;
}

interface Figure {
  readonly subject: string;
  readonly what: string;
  readonly median: number;
}

test("every case runs, small and without peers, and its figures become JSON and a chart", async () => {
  const out = mkdtempSync(join(tmpdir(), "auditgate-bench-out-"));
  try {
    await bench("--smoke", "--out", out);
    const { results, machine } = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
    expect(machine.cores).toBeGreaterThan(0);
    expect(Object.keys(results)).toEqual([
      "read",
      "stream",
      "start",
      "cli",
      "terraform",
      "pulumi",
      "gate",
      "fleet",
      "size",
      "server",
      "stacks",
    ]);
    const figures = Object.values(results).flatMap(({ rows }) => rows);
    expect(figures.filter(({ median }) => !(median > 0))).toEqual([]);
    const gate = results["gate"]!.rows.filter(({ what }) => what === "requests");
    expect(gate.map(({ subject, median }) => [subject, median])).toEqual([
      ["1 cluster", 1],
      ["3 clusters", 3],
      ['3 clusters behind "*"', 4],
    ]);
    const svg = readFileSync(join(out, "results.svg"), "utf8");
    expect(svg.match(/<g /g)).toHaveLength(Object.values(results).flatMap(({ charts }) => charts).length);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test("a case that does not exist is named, with those that do", async () => {
  await expect(bench("nothing")).rejects.toMatchObject({
    stderr: expect.stringContaining("There is no case nothing; there are read, stream,") as string,
  });
});
