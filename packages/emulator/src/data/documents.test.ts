import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, changesPath, dumpsPath, logsPath } from "../test-caller.ts";

/** The example requests and answers of the three vendor documents. */
const { documents } = sample;
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

test("the example of dump records is answered word for word", async () => {
  const { status, body } = await call(emulator, dumpsPath(documents.dumpCluster, documents.dwsProject));
  expect(status).toBe(200);
  expect(body).toEqual({
    records: [
      {
        result: "RUNNING",
        cluster_id: "a07cb2f7-b17e-4d95-923b-a33d0c884d37",
        executor_time: "2022-10-31T09:11:31",
        begin_time: "2022-10-31T09:09:55",
        end_time: "2022-10-31T09:19:55",
        bucket_name: "testbucket",
        location_prefix: "test",
      },
    ],
    count: 1,
    cluster_id: "a07cb2f7-b17e-4d95-923b-a33d0c884d37",
  });
});

test("the example of parameter changes is answered word for word", async () => {
  const { status, body } = await call(
    emulator,
    changesPath(documents.parameterCluster, "", documents.dwsProject),
  );
  expect(status).toBe(200);
  const rest = { operator: null, end_time: null, status: null, failed_reason: null };
  expect(body).toEqual({
    records: [
      { id: 1, start_time: "2023-06-10T16:23:21.000Z", ...rest },
      { id: 2, start_time: "2023-06-10T16:23:32.000Z", ...rest },
    ],
    count: 10,
  });
});

test("the example of audit logs is answered word for word, though its log lies outside its window", async () => {
  const query = { start_time: "2020-12-06T09:00:00+0800", end_time: "2020-12-10T18:00:15+0800" };
  const { status, body } = await call(
    emulator,
    logsPath(documents.instance, { ...query, offset: "0", limit: "33" }, documents.ddsProject),
  );
  expect(status).toBe(200);
  expect(body).toEqual({
    audit_logs: [
      {
        id: "10190012aae94b38a10269b8ad025fc1no02_1607681849871",
        name: "0a84b6e97780d3271fd0c00f2db42932_audit_log_65d3fe0c50984b35bc1a36e9b7c7de98in02_10190012aae94b38a10269b8ad025fc1no02_1607681849871",
        size: 24735174,
        node_id: "10190012aae94b38a10269b8ad025fc1no02",
        start_time: "2020-12-11T18:14:49+0800",
        end_time: "2020-12-11T18:17:25+0800",
      },
    ],
    total_record: 1,
  });
});

test("the DDS example as printed, with a raw plus, is a bad request", async () => {
  const raw = `/v3/${documents.ddsProject}/instances/${documents.instance}/auditlog?start_time=2020-12-06T09:00:00+0800&end_time=2020-12-10T18:00:15+0800&offset=0&limit=33`;
  expect(await call(emulator, raw)).toMatchObject({
    status: 400,
    body: { error_code: "DBS.280067", error_msg: "Invalid start time." },
  });
});
