output "headline" {
  description = "The audit trail in one line."
  value = format(
    "%d of %d dumps failed, %d of %d parameter changes are pending, %d audit logs on %d nodes",
    data.auditgate_dws_audit_dump_records.dumps.summary.failed,
    data.auditgate_dws_audit_dump_records.dumps.summary.count,
    data.auditgate_dws_parameter_modification_records.changes.summary.pending,
    data.auditgate_dws_parameter_modification_records.changes.summary.count,
    data.auditgate_dds_audit_logs.logs.summary.count,
    length(data.auditgate_dds_audit_logs.logs.summary.by_node),
  )

  precondition {
    condition     = data.auditgate_dws_audit_dump_records.dumps.summary.failed <= var.max_failed_dumps
    error_message = "${data.auditgate_dws_audit_dump_records.dumps.summary.failed} audit-log dumps of cluster ${var.cluster_id} failed, and ${var.max_failed_dumps} are allowed."
  }
}

output "complete" {
  description = "Whether every record was read."
  value = alltrue([
    data.auditgate_dws_audit_dump_records.dumps.complete,
    data.auditgate_dws_parameter_modification_records.changes.complete,
    data.auditgate_dds_audit_logs.logs.complete,
  ])
}

output "dump_summary" {
  description = "Figures of the audit-log dumps."
  value       = data.auditgate_dws_audit_dump_records.dumps.summary
}

output "failed_dumps" {
  description = "The dumps that failed, and why."
  value = [
    for dump in data.auditgate_dws_audit_dump_records.dumps.records :
    { time = dump.executor_time, reason = dump.failed_reason } if dump.failed_reason != null
  ]
}

output "changes_by_operator" {
  description = "How many parameters each operator modified."
  value = {
    for operator, changes in {
      for change in data.auditgate_dws_parameter_modification_records.changes.records :
      coalesce(change.operator, "unknown") => change.id...
    } : operator => length(changes)
  }
}

output "log_window" {
  description = "The window that was read."
  value       = data.auditgate_dds_audit_logs.logs.window
}

output "bytes_by_node" {
  description = "Size of the audit logs of each node [byte]."
  value       = { for node in data.auditgate_dds_audit_logs.logs.summary.by_node : node.node_id => node.total_bytes }
}

output "silent_nodes" {
  description = "Those of the nodes named that wrote no audit logs."
  value       = [for id in var.node_ids : id if !contains(data.auditgate_dds_audit_logs.logs.summary.by_node[*].node_id, id)]
}
