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
  const rounds = [];
  for (let round = 0; round < task.rounds; round++) {
    const started = performance.now();
    let records = 0;
    for (let page = 0, total = 1; page * 100 < total; page++) {
      const url = `/v1/{project_id}/clusters/${task.cluster}/configurations/audit-records`;
      const answer = await get(url, { limit: 100, offset: page });
      total = answer.count;
      records += answer.records.length;
    }
    for (const { start, end } of task.windows) {
      for (let offset = 0, total = 1; offset < total; offset += 100) {
        const url = `/v3/{project_id}/instances/${task.instance}/auditlog`;
        const answer = await get(url, { start_time: start, end_time: end, limit: 100, offset });
        total = answer.total_record;
        records += answer.audit_logs.length;
      }
    }
    rounds.push(performance.now() - started);
    task.records = records;
  }
  console.log(JSON.stringify({ coldMs: rounds[0], warmMs: rounds.at(-1), records: task.records }));
}

void main();
