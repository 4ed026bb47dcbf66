import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Client,
  createClient,
  evaluateGate,
  formatViolations,
  gateHeadline,
  type GatePolicy,
  verifyEvidence,
} from "@auditgate/core";
import { type Emulator, type EmulatorData, type Fault, sample, startEmulator } from "@auditgate/emulator";

jest.setTimeout(60_000);

const { fleet, clusters, instances, nodes } = sample;

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 20_000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(() => emulator.close());

const every: GatePolicy = { dwsAuditDumpRecords: [{ clusterIds: ["*"], maxAge: "2h" }] };
const everyInstance: GatePolicy = { ddsAuditLogs: [{ instanceIds: ["*"], within: "1d", minLogs: 1 }] };

/** Only what is in order stays in the project. */
function onlyHealthy(data: EmulatorData): void {
  const kept: readonly string[] = [clusters.healthy, clusters.busy, instances.healthy];
  const isKept = ({ id, projectId }: { id: string; projectId: string }) =>
    projectId !== sample.project.id || kept.includes(id);
  data.clusters = data.clusters.filter(isKept);
  data.instances = data.instances.filter(isKept);
}

function cluster(id: string, info: object = {}, dumps: object = {}): EmulatorData["clusters"][number] {
  const newest = new Date(emulator.now()).toISOString();
  return {
    id,
    name: `dws-${id.slice(-2)}`,
    projectId: sample.project.id,
    info: { ...info },
    dumps: { generate: { count: 5, newest, everySeconds: 3600 } },
    parameterChanges: [],
    ...dumps,
  };
}

const NEW = "a0d17a7e-c001-4000-8000-0000000000aa";

describe("every cluster", () => {
  beforeEach(() => emulator.update(onlyHealthy));

  test("is judged with one list, however many rule sets there are", async () => {
    const verdict = await evaluateGate(client, {
      dwsAuditDumpRecords: [
        { clusterIds: ["*"], maxAge: "2h" },
        { clusterIds: ["*"], maxFailures: 0 },
      ],
      dwsParameterModificationRecords: [{ clusterIds: ["*"], noPending: true }],
    });
    expect(verdict).toMatchObject({ passed: true, violations: [], skipped: [] });
    const asked = emulator.requests.map(({ api }) => api);
    expect(asked.filter((api) => api === "clusters")).toHaveLength(1);
    expect(asked.filter((api) => api === "dumps")).toHaveLength(2);
    expect(gateHeadline(verdict)).toContain(
      "passed: 4 audit trails in order, of all 2 DWS clusters that this identity may see",
    );
    expect(verdict.evidence.readings[0]).toMatchObject({ query: "dws_clusters", subject: "*", count: 2 });
  });

  test("includes one that appears, until it is excepted", async () => {
    const before = await evaluateGate(client, every);
    emulator.update((data) => {
      data.clusters.unshift(cluster(NEW, {}, { dumps: [] }));
    });
    const after = await evaluateGate(client, every);
    expect([before.passed, after.passed]).toEqual([true, false]);
    expect(after.violations).toMatchObject([{ subject: NEW, ruleId: "dws.dump.max-age" }]);
    expect(after.evidenceDigest).not.toBe(before.evidenceDigest);
    const excepted = await evaluateGate(client, {
      dwsAuditDumpRecords: [{ clusterIds: ["*"], except: [NEW.toUpperCase()], maxAge: "2h" }],
    });
    expect([excepted.violations, excepted.warnings]).toEqual([[], []]);
  });

  test("may have exceptions that meet nothing: they are warnings", async () => {
    const { passed, warnings } = await evaluateGate(client, {
      dwsAuditDumpRecords: [{ clusterIds: ["*"], except: [clusters.unknown], maxAge: "2h" }],
    });
    expect([passed, warnings]).toEqual([
      true,
      [`dwsAuditDumpRecords[0].except: ${clusters.unknown} meets nothing that is listed.`],
    ]);
  });

  test.each(["CREATING", "CREATE_FAILED", "CREATION FAILED", "DELETING", "DELETED"])(
    "in the state %s is skipped by name",
    async (status) => {
      emulator.update((data) => {
        data.clusters.unshift(cluster(NEW, { status }, { dumps: [] }));
      });
      const verdict = await evaluateGate(client, every);
      expect(verdict).toMatchObject({
        passed: true,
        skipped: [{ query: "dws_clusters", subject: NEW, name: "dws-aa", status }],
      });
      expect(gateHeadline(verdict)).toContain(`less 1 skipped for their state (${NEW} ${status})`);
    },
  );

  test.each(["FAILED", "UNAVAILABLE", "DELETE_FAILED", "FROZEN", "POLICE_FROZEN", "STOPPED", "ACTIVE"])(
    "in the state %s is judged",
    async (status) => {
      emulator.update((data) => {
        data.clusters.unshift(cluster(NEW, { status }, { dumps: [] }));
      });
      const { passed, violations } = await evaluateGate(client, every);
      expect([passed, violations.map(({ subject }) => subject)]).toEqual([false, [NEW]]);
    },
  );

  test.each(["RESIZING", "creating", " CREATING", "", null])(
    "in the state %j, which no document names, keeps the gate closed although its trail is in order",
    async (status) => {
      emulator.update((data) => {
        data.clusters.unshift(cluster(NEW, { status }));
      });
      const verdict = await evaluateGate(client, every);
      expect(verdict.violations).toMatchObject([
        {
          ruleId: "dws.cluster.status",
          kind: "unknown",
          subject: "*",
          query: "dws_clusters",
          blocking: true,
        },
      ]);
      expect(formatViolations(verdict)).toContain("or leave these out with except");
      const policy = { dwsAuditDumpRecords: [{ clusterIds: ["*"], except: [NEW], maxAge: "2h" }] };
      expect((await evaluateGate(client, policy)).passed).toBe(true);
    },
  );

  test.each<[string, Fault, object]>([
    ["is forbidden", { status: 403, code: "APIGW.0302" }, { kind: "error", code: "ERR_FORBIDDEN" }],
    ["fails", { status: 500 }, { kind: "error", code: "ERR_SERVER" }],
    ["is no list", { body: { text: "{}" } }, { kind: "error", code: "ERR_RESPONSE" }],
    ["has a total that is too high", { total: { add: 1 } }, { kind: "incomplete", code: "ERR_INCOMPLETE" }],
    ["has a total that is too low", { total: { add: -1 } }, { kind: "incomplete", code: "ERR_INCOMPLETE" }],
    ["has no total", { total: "absent" }, { kind: "incomplete", code: "ERR_INCOMPLETE" }],
    ["has no ids", { rows: "no-ids" }, { ruleId: "dws.cluster.subjects", kind: "unknown" }],
  ])("cannot pass where the list %s", async (_, fault, facts) => {
    emulator.inject({ on: "clusters", ...fault });
    const verdict = await evaluateGate(client, every);
    expect(verdict.passed).toBe(false);
    expect(verdict.violations[0]).toMatchObject({ query: "dws_clusters", subject: "*", ...facts });
  });

  test("names the action that is missing where the list is forbidden", async () => {
    emulator.inject({ on: "clusters", status: 403, code: "APIGW.0302" });
    expect(formatViolations(await evaluateGate(client, every))).toContain(
      "Grant the action dws:cluster:list.",
    );
  });

  test("is a violation where there is none, or all are excepted or skipped", async () => {
    const excepted: GatePolicy = {
      dwsAuditDumpRecords: [
        { clusterIds: ["*"], maxAge: "2h" },
        { clusterIds: ["*"], except: [clusters.healthy, clusters.busy], maxFailures: 0 },
      ],
    };
    const facts = [{ ruleId: "dws.cluster.subjects", kind: "violated", subject: "*" }];
    expect((await evaluateGate(client, excepted)).violations).toMatchObject(facts);
    emulator.update((data) => {
      for (const each of data.clusters) each.info = { status: "DELETING" };
    });
    expect((await evaluateGate(client, every)).violations).toMatchObject(facts);
    emulator.update((data) => {
      data.clusters = [];
    });
    expect((await evaluateGate(client, every)).violations).toMatchObject(facts);
  });

  test("is in the evidence file with the list that was found", async () => {
    const folder = mkdtempSync(join(tmpdir(), "auditgate-every-"));
    const evidenceFile = join(folder, "evidence.jsonl");
    const { evidenceDigest } = await evaluateGate(client, every, { evidenceFile });
    expect(await verifyEvidence(evidenceFile, evidenceDigest)).toMatchObject({ valid: true });
    const lines = readFileSync(evidenceFile, "utf8").split("\n");
    expect(lines[0]).toContain('"query":"dws_clusters","subject":"*"');
    expect(lines.slice(1, 3).join()).toContain(clusters.busy);
    rmSync(folder, { recursive: true });
  });

  test("costs one request more than the same clusters by their ids", async () => {
    const ids = Array.from({ length: 300 }, (_, index) => NEW.slice(0, -3) + String(index).padStart(3, "0"));
    emulator.update((data) => {
      data.clusters = ids.map((id) => cluster(id));
    });
    expect((await evaluateGate(client, every)).passed).toBe(true);
    const requests = emulator.requests.length;
    await emulator.clearFaults();
    emulator.requests.length = 0;
    const listed = { dwsAuditDumpRecords: [{ clusterIds: ids, maxAge: "2h" }] };
    expect((await evaluateGate(client, listed)).passed).toBe(true);
    expect(requests).toBe(emulator.requests.length + 1);
  });
});

describe("every instance", () => {
  test("is listed with one request per 100, and those that are being made are skipped", async () => {
    const own = client.with({ projectId: fleet.project.id });
    const verdict = await evaluateGate(own, {
      ddsAuditLogs: [
        { instanceIds: ["*"], within: "1d", minLogs: 1 },
        { instanceIds: ["*"], within: "1d", nodeIds: ["*"] },
      ],
    });
    expect(verdict.violations).toEqual([]);
    expect(verdict.skipped.map(({ status }) => status).toSorted()).toEqual(["createfail", "creating"]);
    expect(emulator.requests.filter(({ api }) => api === "instances")).toHaveLength(2);
  });

  test.each<[string, Fault]>([
    ["repeats a page", { nth: 2, pages: "repeat" }],
    ["loses one while it is read", { nth: 2, remove: 1 }],
    ["has an empty page that stays", { nth: 2, pages: "empty" }],
    ["has a total that is too high", { total: { add: 3 } }],
    ["fails on its second page", { nth: 2, status: 500 }],
  ])("keeps the gate closed where the list %s", async (_, fault) => {
    emulator.inject({ on: "instances", ...fault });
    const own = client.with({ projectId: fleet.project.id });
    const { passed, violations } = await evaluateGate(own, everyInstance);
    expect(passed).toBe(false);
    expect(violations[0]).toMatchObject({
      query: "dds_instances",
      subject: "*",
      ruleId: expect.stringMatching(/^dds\.instance\./),
    });
  });
});

describe("every node", () => {
  const rules = { within: "1d", nodeIds: ["*"], maxGap: "6h" };

  test("that was silent for the whole window is a violation, although nobody named it", async () => {
    const { passed, violations } = await evaluateGate(client, {
      ddsAuditLogs: [{ instanceIds: [instances.silentNode], ...rules }],
    });
    expect(passed).toBe(false);
    expect(violations).toMatchObject([
      { ruleId: "dds.log.node-ids", found: expect.stringContaining(nodes.silentNode[2]) },
    ]);
    expect(emulator.requests.filter(({ api }) => api === "instances")).toHaveLength(1);
  });

  test("of a cluster are its mongos nodes, of other instances all", async () => {
    const policy: GatePolicy = { ddsAuditLogs: [{ instanceIds: [instances.healthy], ...rules }] };
    expect((await evaluateGate(client, policy)).passed).toBe(true);
    emulator.update((data) => {
      data.instances.find(({ id }) => id === instances.healthy)!.mode = "Sharding";
    });
    expect((await evaluateGate(client, policy)).passed).toBe(true);
    emulator.update((data) => {
      const instance = data.instances.find(({ id }) => id === instances.healthy)!;
      instance.nodes = [...instance.nodes, "a0d17a7e000000000000000000000014no02"];
    });
    expect((await evaluateGate(client, policy)).violations).toMatchObject([
      { found: expect.stringContaining("a0d17a7e000000000000000000000014no02") },
    ]);
  });

  test.each<[string, (data: EmulatorData) => void]>([
    ["is not in the list", (data) => void Object.assign(data.instances[0]!, { unlisted: true })],
    ["has no nodes there", (data) => void (data.instances[0]!.info = { groups: [] })],
  ])("of an instance that %s is unknown", async (_, change) => {
    emulator.update((data) => change(data));
    const { violations } = await evaluateGate(client, {
      ddsAuditLogs: [{ instanceIds: [instances.healthy], ...rules }],
    });
    expect(violations).toMatchObject([{ ruleId: "dds.log.node-ids", kind: "unknown" }]);
  });
});

test.each<[string, object, RegExp]>([
  ["beside an id", { clusterIds: ["*", clusters.healthy], maxFailures: 0 }, /clusterIds .*"\*" alone/],
  ["twice", { clusterIds: ["*", "*"], maxFailures: 0 }, /clusterIds .*"\*" alone/],
  ["with more around it", { clusterIds: ["**"], maxFailures: 0 }, /clusterIds\[0\] .*GUID/],
  [
    "and an exception without it",
    { clusterIds: [clusters.healthy], except: [clusters.busy], maxFailures: 0 },
    /except is of use beside "\*" only/,
  ],
  [
    "and no exception in the list of them",
    { clusterIds: ["*"], except: [], maxFailures: 0 },
    /except .*at least one/,
  ],
  ["and an exception of all", { clusterIds: ["*"], except: ["*"], maxFailures: 0 }, /except\[0\]/],
])("a policy with every cluster %s is refused", async (_, rules, message) => {
  const policy = { dwsAuditDumpRecords: [rules] } as GatePolicy;
  await expect(evaluateGate(client, policy)).rejects.toMatchObject({
    code: "ERR_ARGUMENT",
    message: expect.stringMatching(message),
  });
});
