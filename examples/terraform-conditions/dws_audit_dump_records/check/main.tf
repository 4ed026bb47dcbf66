terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = var.cluster_id
}

# Warns in every plan and apply, and stops neither.
check "dumps" {
  assert {
    condition     = data.auditgate_dws_audit_dump_records.dumps.complete && data.auditgate_dws_audit_dump_records.dumps.summary.failed == 0
    error_message = "${data.auditgate_dws_audit_dump_records.dumps.summary.failed} audit-log dumps failed."
  }
}
