import { type Client, createClient, evaluateGate, type GatePolicy } from "@auditgate/core";
import { type Emulator, type Fault, sample, startEmulator } from "@auditgate/emulator";
import { questions } from "./questions.ts";

jest.setTimeout(60_000);

const clusterIds = [sample.clusters.failedDump];
const instanceIds = [sample.instances.healthy];

/** Rules that any complete list keeps. */
const generous = {
  dumps: { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 1_000_000 }] },
  parameters: {
    dwsParameterModificationRecords: [{ clusterIds: [sample.clusters.busy], maxChanges: 1_000_000 }],
  },
  logs: { ddsAuditLogs: [{ instanceIds, within: "20d", maxTotalBytes: Number.MAX_SAFE_INTEGER }] },
} satisfies { readonly [question: string]: GatePolicy };

/** The trails, which gates judge; lists of clusters and instances are read for them. */
const trails = Object.keys(generous) as (keyof typeof generous)[];

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator();
  client = createClient({ env: emulator.env, timeoutMs: 6000 });
});

afterEach(() => emulator.reset());

afterAll(async () => {
  await client.close();
  await emulator.close();
});

const envelope = (members: object) =>
  JSON.stringify({ records: [], count: 0, audit_logs: [], total_record: 0, ...members });
const text = (body: string, status = 200): Fault => ({ status, body: { text: body } });

describe.each(trails)("the list of %s", (question) => {
  test("passes generous rules where nothing is wrong with it", async () => {
    expect((await evaluateGate(client, generous[question])).violations).toEqual([]);
    emulator.inject(text(envelope({})));
    expect((await evaluateGate(client, generous[question])).violations).toEqual([]);
  });

  test.each<[string, Fault, string]>([
    ["no total", { pages: "empty", total: "absent" }, "ERR_INCOMPLETE"],
    ["a null total", { pages: "empty", total: { value: null } }, "ERR_INCOMPLETE"],
    ["a total of one", { pages: "empty", total: { value: 1 } }, "ERR_INCOMPLETE"],
  ])("that is empty beside %s is incomplete", async (_, fault, code) => {
    emulator.inject(fault);
    const { passed, violations } = await evaluateGate(client, generous[question]);
    expect(passed).toBe(false);
    expect(violations).toMatchObject([{ rule: "complete", kind: "incomplete", code }]);
  });

  test.each<[string, unknown]>([
    ["negative", -1],
    ["a word", "many"],
    ["1e300", 1e300],
    ["beyond 2^53", 2 ** 53],
    ["a text of a number beyond that", "99999999999999999999"],
    ["a fraction", 0.5],
    ["a text with spaces", " 0 "],
    ["an empty text", ""],
    ["signed text", "-0"],
    ["false", false],
    ["true", true],
    ["a list", []],
    ["an object", { value: 0 }],
  ])("with a total that is %s is an error of the response", async (_, value) => {
    for (const fault of [{ total: { value } }, { pages: "empty", total: { value } }] as const) {
      emulator.inject(fault);
      const { passed, violations } = await evaluateGate(client, generous[question]);
      expect(passed).toBe(false);
      expect(violations).toMatchObject([{ kind: "error", code: "ERR_RESPONSE" }]);
      await emulator.reset();
    }
  });

  test.each([201, 202, 203, 204, 206, 207, 226, 299])("with the status %i is an error", async (status) => {
    emulator.inject(text(envelope({}), status));
    const { passed, violations } = await evaluateGate(client, generous[question]);
    expect(passed).toBe(false);
    expect(violations).toMatchObject([{ kind: "error", code: "ERR_RESPONSE" }]);
    expect(emulator.requests).toHaveLength(1);
  });

  test.each<[string, object]>([
    ["error_code", { error_code: "DWS.5000", error_msg: "down" }],
    ["errCode", { errCode: "DBS.200998" }],
    ["an error object", { error: { code: "APIGW.0201", message: "backend" } }],
    ["an error one level deeper", { error_info: { errorCode: "X.1" } }],
    ["a message alone", { error_msg: "incomplete result" }],
  ])("beside %s is an error", async (_, error) => {
    emulator.inject(text(envelope(error)));
    const { passed, violations } = await evaluateGate(client, generous[question]);
    expect(passed).toBe(false);
    expect(violations).toMatchObject([
      { kind: "error", code: "ERR_RESPONSE", found: expect.stringContaining("states an error") },
    ]);
  });

  test.each<[string, string]>([
    ["twice", '{"records":[1],"audit_logs":[1],"count":0,"total_record":0,"records":[],"audit_logs":[]}'],
    [
      "with two totals",
      '{"records":[],"audit_logs":[],"count":1,"total_record":1,"count":0,"total_record":0}',
    ],
    ["after a byte order mark", `\ufeff${envelope({})}`],
    ["as an object", envelope({ records: {}, audit_logs: {} })],
    ["as null", envelope({ records: null, audit_logs: null })],
    [
      "with a number beyond 2^53 deep inside",
      `{"records":[${deep(50_000)}],"count":1,"audit_logs":[${deep(50_000)}],"total_record":1}`,
    ],
  ])("that comes %s is an error", async (_, body) => {
    emulator.inject(text(body));
    const { passed, violations } = await evaluateGate(client, generous[question]);
    expect(passed).toBe(false);
    expect(violations).toMatchObject([{ kind: "error", code: "ERR_RESPONSE" }]);
  });

  test.each(["br", "deflate", "zstd", "gzip, gzip"])(
    "in an encoding that was not asked for (%s) is an error",
    async (encoding) => {
      emulator.inject({ ...text(envelope({})), headers: { "Content-Encoding": encoding } });
      const { violations } = await evaluateGate(client, generous[question]);
      expect(violations).toMatchObject([
        { kind: "error", code: "ERR_RESPONSE", found: expect.stringContaining(encoding) },
      ]);
    },
  );
});

/** A record whose id and size are beyond 2^53, and that is nested too deeply to be visited. */
function deep(depth: number): string {
  const number = "9007199254740993";
  return `{"id":${number},"size":${number},"result":${number},"more":${"[".repeat(depth)}${"]".repeat(depth)}}`;
}

test("a list without pages is complete only by its total", async () => {
  emulator.inject({ total: "absent" });
  expect(await questions.dumps(client)).toMatchObject({
    complete: false,
    total: null,
    incompleteReason: expect.stringMatching(/^no-total: /),
  });
});

test.each(["parameters", "logs"] as const)(
  "a page of %s that is missing, without a total, is not taken for the end",
  async (question) => {
    const all = (await questions[question](client)).records.length;
    emulator.inject({ total: "absent" });
    emulator.inject({ nth: 2, times: 1, pages: "empty" });
    const reading = await questions[question](client);
    expect(reading.records).toHaveLength(all);
    expect(reading.complete).toBe(true);
  },
);

test.each<[string, readonly Fault[]]>([
  [
    "the list moved",
    [
      { nth: 1, times: 1, total: { add: 1 } },
      { nth: 3, total: "absent" },
    ],
  ],
  ["the clock was corrected", [{ clockSkewMs: -60_000 }, { nth: 2, total: "absent" }]],
])("a total that is told until %s, and not after, is missing", async (_, faults) => {
  for (const fault of faults) emulator.inject(fault);
  const { passed, violations } = await evaluateGate(client, generous.logs);
  expect(passed).toBe(false);
  expect(violations).toMatchObject([
    { rule: "complete", code: "ERR_INCOMPLETE", found: expect.stringContaining("no longer says how many") },
  ]);
});
