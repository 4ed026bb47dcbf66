import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createProject } from "./project.ts";

jest.setTimeout(120_000);

let emulator: Emulator;
const arrivals: number[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ onRequest: () => void arrivals.push(performance.now()) });
});

afterAll(() => emulator.close());

test("three data sources of one plan wait together when one of them is asked to slow down", async () => {
  const sources = ["a", "b", "c"].map(
    (name) =>
      `data "auditgate_dds_audit_logs" "${name}" {\n  instance_id = "${sample.instances.healthy}"\n  last = "60d"\n}\n`,
  );
  const project = createProject({ engine: "terraform", env: emulator.env, main: sources.join("") });
  try {
    await project.succeed("init");
    arrivals.length = 0;
    const fault = emulator.inject({
      on: "logs",
      nth: 10,
      times: 1,
      status: 429,
      retryAfter: "6",
      delayMs: 20,
    });
    await project.succeed("plan");
    expect(fault.hits).toBe(1);
    const pauses = arrivals.slice(1).map((at, index) => at - arrivals[index]!);
    const [longest] = pauses.toSorted((a, b) => b - a);
    const before = pauses.indexOf(longest!) + 1;
    // Whatever was on its way arrived; then nobody asked until the time was up, and all went on.
    expect(longest).toBeGreaterThan(3000);
    expect(before).toBeGreaterThanOrEqual(10);
    expect(arrivals.length - before).toBeGreaterThan(20);
    expect(emulator.requests.filter(({ status }) => status === 429)).toHaveLength(1);
  } finally {
    project.remove();
  }
});
