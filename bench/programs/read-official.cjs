// The official Node core with calls written by hand, page after page, as it offers nothing else.
const { createRequire } = require("node:module");

const task = JSON.parse(process.env.BENCH_TASK);
const load = createRequire(`${task.modules}/package.json`);
const core = load("@huaweicloud/huaweicloud-sdk-core");
const { ClientBuilder } = load("@huaweicloud/huaweicloud-sdk-core/ClientBuilder");

async function main() {
  const credential = new core.BasicCredentials()
    .withAk(task.accessKey)
    .withSk(task.secretKey)
    .withProjectId(task.project);
  const client = new ClientBuilder((each) => each).withEndpoint(task.url).withCredential(credential).build();
  const get = (url, queryParams) =>
    client.sendRequest({
      method: "GET",
      url,
      contentType: "application/json",
      queryParams,
      pathParams: { project_id: task.project },
      headers: {},
    });
  async function* parameterRecords() {
    const url = `/v1/{project_id}/clusters/${task.cluster}/configurations/audit-records`;
    for (let page = 0, total = 1; page * 100 < total; page++) {
      const { records, count } = await get(url, { limit: 100, offset: page });
      total = count;
      yield* records;
    }
  }
  async function* auditLogs() {
    const url = `/v3/{project_id}/instances/${task.instance}/auditlog`;
    for (const { start, end } of task.windows) {
      for (let offset = 0, total = 1; offset < total; offset += 100) {
        const answer = await get(url, { start_time: start, end_time: end, limit: 100, offset });
        total = answer.total_record;
        yield* answer.audit_logs;
      }
    }
  }
  if (task.show) {
    const { records: dumps } = await get(`/v1.0/{project_id}/clusters/${task.cluster}/audit-log-records`, {});
    const parameters = await Array.fromAsync(parameterRecords());
    console.log(JSON.stringify({ dumps, parameters, logs: await Array.fromAsync(auditLogs()) }));
    return;
  }
  const rounds = [];
  for (let round = 0; round < task.rounds; round++) {
    const started = performance.now();
    const parameters = await Array.fromAsync(parameterRecords());
    const logs = await Array.fromAsync(auditLogs());
    rounds.push(performance.now() - started);
    task.records = parameters.length + logs.length;
  }
  console.log(JSON.stringify({ coldMs: rounds[0], warmMs: rounds.at(-1), records: task.records }));
}

void main();
