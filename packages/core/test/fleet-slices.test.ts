import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  evaluateFleet,
  type FleetPlan,
  type FleetPolicy,
  type FleetVerdict,
  joinSlices,
  judgeSlice,
  planFleet,
  type TargetVerdict,
  verifyEvidence,
} from "@auditgate/core";
import { type Emulator, type EmulatorData, sample, startEmulator } from "@auditgate/emulator";

jest.setTimeout(120_000);

const { clusters, instances, nodes, fleet } = sample;

let emulator: Emulator;
let at: string;

beforeAll(async () => {
  emulator = await startEmulator();
  at = new Date(emulator.now() - 60_000).toISOString();
});

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const period = { reason: "known", since: day(-2), until: day(3) };

/** Every way to name a subject, in two projects. */
const POLICY: FleetPolicy = {
  targets: [{ name: "own" }, { name: "fleet", projectId: fleet.project.id }],
  dwsAuditDumpRecords: [
    { clusterIds: ["*"], except: [clusters.busy, clusters.unknown], maxAge: "2h", maxFailures: 0 },
    { clusterIds: [clusters.busy, clusters.failedDump, clusters.unknown], maxGap: "2h", within: "1d" },
  ],
  dwsParameterModificationRecords: [{ clusterIds: ["*"], noPending: true }],
  ddsAuditLogs: [
    { instanceIds: ["*"], within: "1d", nodeIds: ["*"], maxGap: "3h" },
    { instanceIds: [instances.silentNode], within: "7d", nodeIds: [...nodes.silentNode], maxAge: "4h" },
  ],
  acknowledged: [
    {
      rule: "dds.log.max-gap",
      subject: instances.silentNode,
      record: { nodeId: nodes.silentNode[2], gapStart: "2026-01-01T00:00:00Z" },
      ...period,
    },
    {
      rule: "dws.dump.max-failures",
      subject: "a0d17a7e-c001-4000-8000-0000000000ee",
      record: { executorTime: "2026-01-01 00:00:00" },
      ...period,
    },
  ],
};

async function inSlices(policy: FleetPolicy, sliceSize: number, folder?: string) {
  const options = { env: emulator.env };
  // As it travels: as JSON.
  const plan = JSON.parse(
    JSON.stringify(await planFleet(policy, { ...options, at, sliceSize })),
  ) as FleetPlan;
  const verdicts: TargetVerdict[][] = [];
  for (const { slices } of plan.targets) {
    const judged = slices.toReversed().map(async (slice, index) =>
      judgeSlice(policy, slice, {
        ...options,
        ...(folder && { evidenceFile: join(folder, `${slice.target ?? "here"}.${index}.jsonl`) }),
      }),
    );
    verdicts.push((await Promise.all(judged)).toReversed());
  }
  return { plan, verdicts };
}

/** Ids of requests differ from one run to the next, and with them the texts that name them. */
function comparable(verdict: FleetVerdict): unknown {
  return JSON.parse(JSON.stringify(verdict).replaceAll(/request [0-9a-f]{32}/g, "request"));
}

test.each([1, 7, 1000])("slices of %i, put together, are one run", async (size) => {
  const [own] = (await evaluateFleet(POLICY, { env: emulator.env, at })).targets;
  const known = (own?.acknowledgeable ?? [])
    .slice(0, 3)
    .map(({ ruleId: rule, ...seen }) => ({ rule, ...seen, ...period }));
  const policy = { ...POLICY, acknowledged: [...(POLICY.acknowledged ?? []), ...known] };
  const { plan, verdicts } = await inSlices(policy, size);
  const joined = joinSlices(plan, verdicts);
  expect(comparable(joined)).toEqual(comparable(await evaluateFleet(policy, { env: emulator.env, at })));
  expect(joined.targets[0]?.acknowledged.length).toBeGreaterThan(0);
  expect(joined.targets.map(({ violations }) => violations.length > 0)).toEqual([true, true]);
  expect(JSON.stringify(joined.targets[0]?.warnings)).toContain("0000000000ee");
});

test("so are those of a target whose lists cannot be had, and of one that names every subject", async () => {
  const unlisted: FleetPolicy = {
    targets: [{ name: "away", endpoints: { dws: "http://127.0.0.1:1", dds: emulator.url }, maxRetries: 0 }],
    dwsAuditDumpRecords: [{ clusterIds: ["*"], maxFailures: 0 }],
    ddsAuditLogs: [{ instanceIds: [instances.healthy], within: "1d", minLogs: 1 }],
  };
  const { ddsAuditLogs: _, ...nothing } = unlisted;
  const named: FleetPolicy = { dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxAge: "2h" }] };
  for (const policy of [unlisted, { ...nothing, acknowledged: POLICY.acknowledged }, named]) {
    const { plan, verdicts } = await inSlices(policy, 10);
    const whole = await evaluateFleet(policy, { env: emulator.env, at });
    expect(comparable(joinSlices(plan, verdicts))).toEqual(comparable(whole));
  }
});

test("lists are asked once, however many slices there are, and a cluster that comes later is in none", async () => {
  const policy: FleetPolicy = { dwsAuditDumpRecords: [{ clusterIds: ["*"], maxFailures: 0 }] };
  const options = { env: emulator.env, at, sliceSize: 1 };
  const plan = await planFleet(policy, options);
  emulator.update((data) => {
    data.clusters = data.clusters.slice(1);
  });
  const slices = plan.targets[0]?.slices ?? [];
  const verdicts = await Promise.all(slices.map((slice) => judgeSlice(policy, slice, options)));
  expect(emulator.requests.filter(({ api }) => api === "clusters")).toHaveLength(1);
  expect(joinSlices(plan, [verdicts]).targets[0]?.violations.map(({ kind }) => kind)).toContain("error");
});

test.each<[string, (data: EmulatorData) => void]>([
  ["", () => undefined],
  [
    ", also where an instance is listed without nodes",
    ({ instances: listed }) => {
      for (const each of listed.slice(0, 2)) each.info = { groups: [] };
    },
  ],
])("each slice's evidence can be verified on its own%s", async (_, change) => {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-slices-"));
  emulator.update(change);
  try {
    await inSlices(POLICY, 7, folder);
    const checks = await Promise.all(readdirSync(folder).map((file) => verifyEvidence(join(folder, file))));
    expect(checks.length).toBeGreaterThan(10);
    expect(checks.filter(({ valid }) => !valid)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a slice that is missing, doubled or of another target is refused, and so is another policy", async () => {
  const { plan, verdicts } = await inSlices(POLICY, 7);
  const [[first, ...others] = [], second = []] = verdicts;
  expect(() => joinSlices(plan, [others, second])).toThrow("The parts have");
  expect(() => joinSlices(plan, [[first!, first!, ...others], second])).toThrow("in two parts");
  expect(() => joinSlices(plan, [[first!, ...second], second])).toThrow("another target");
  const [slice] = plan.targets[0]?.slices ?? [];
  const other = { ...POLICY, enforcement: "advisory" } as const;
  await expect(judgeSlice(other, slice!, { env: emulator.env })).rejects.toThrow(slice!.policyDigest);
});
