"""The official Python SDK, page after page: it has no way to read several at once."""

import json
import os
import time

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkdds.v3 import DdsClient, ListAuditlogsRequest
from huaweicloudsdkdws.v2 import DwsClient, ListAuditLogRequest, ListConfigurationsAuditRecordsRequest

PAGE = 100


def parameter_records(client, cluster):
    page = 0
    total = 1
    while page * PAGE < total:
        answer = client.list_configurations_audit_records(
            ListConfigurationsAuditRecordsRequest(cluster_id=cluster, limit=PAGE, offset=page)
        )
        total = answer.count
        page += 1
        yield from answer.records


def audit_logs(client, instance, window):
    offset = 0
    total = 1
    while offset < total:
        answer = client.list_auditlogs(
            ListAuditlogsRequest(
                instance_id=instance,
                start_time=window["start"],
                end_time=window["end"],
                limit=PAGE,
                offset=offset,
            )
        )
        total = answer.total_record
        offset += PAGE
        yield from answer.audit_logs


def main():
    task = json.loads(os.environ["BENCH_TASK"])
    credentials = BasicCredentials(task["accessKey"], task["secretKey"], task["project"])
    dws = DwsClient.new_builder().with_credentials(credentials).with_endpoint(task["url"]).build()
    dds = DdsClient.new_builder().with_credentials(credentials).with_endpoint(task["url"]).build()
    if task.get("show"):
        dumps = dws.list_audit_log(ListAuditLogRequest(cluster_id=task["cluster"])).records
        logs = [log for window in task["windows"] for log in audit_logs(dds, task["instance"], window)]
        lists = {"dumps": dumps, "parameters": parameter_records(dws, task["cluster"]), "logs": logs}
        print(json.dumps({name: [row.to_dict() for row in rows] for name, rows in lists.items()}))
        return
    rounds = []
    records = []
    for _ in range(task["rounds"]):
        started = time.perf_counter()
        records = list(parameter_records(dws, task["cluster"]))
        for window in task["windows"]:
            records.extend(audit_logs(dds, task["instance"], window))
        rounds.append((time.perf_counter() - started) * 1000)
    print(json.dumps({"coldMs": rounds[0], "warmMs": rounds[-1], "records": len(records)}))


main()
