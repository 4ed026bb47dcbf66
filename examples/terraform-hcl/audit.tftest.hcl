# `terraform test`: the audit trail, as a test suite of the infrastructure sees it.

run "the_trail_was_read_completely" {
  command = plan

  assert {
    condition     = output.complete
    error_message = "The audit trail could not be read completely."
  }
}

run "no_dump_failed" {
  command = plan

  assert {
    condition     = output.dump_summary.failed == 0
    error_message = "Audit-log dumps failed: ${jsonencode(output.failed_dumps)}"
  }
}

run "every_node_wrote_logs" {
  command = plan

  assert {
    condition     = length(output.bytes_by_node) > 0
    error_message = "No node wrote audit logs."
  }

  # A node without any log is not among those that wrote some: it has to be named.
  assert {
    condition     = length(output.silent_nodes) == 0
    error_message = "Nodes wrote no audit logs: ${jsonencode(output.silent_nodes)}"
  }
}
