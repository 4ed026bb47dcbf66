"""As main.tf, as a Pulumi program in Python."""

import json
import os

import pulumi
import pulumi_auditgate as auditgate

with open("literals.json", encoding="utf-8") as file:
    literals = json.load(file)
asked = {
    name: os.environ["TF_VAR_" + name]
    for name in ("cluster_id", "instance_id", "start_time", "end_time")
}
options = None
if literals:
    options = pulumi.InvokeOutputOptions(provider=auditgate.Provider("literal", **literals))

cluster_id = asked["cluster_id"]
pulumi.export("dumps", auditgate.get_dws_audit_dump_records_output(cluster_id=cluster_id, opts=options))
pulumi.export(
    "changes",
    auditgate.get_dws_parameter_modification_records_output(cluster_id=cluster_id, opts=options),
)
pulumi.export(
    "logs",
    auditgate.get_dds_audit_logs_output(
        instance_id=asked["instance_id"],
        start_time=asked["start_time"],
        end_time=asked["end_time"],
        opts=options,
    ),
)
pulumi.export("clusters", auditgate.get_dws_clusters_output(opts=options))
pulumi.export("instances", auditgate.get_dds_instances_output(mode="ReplicaSet", opts=options))
