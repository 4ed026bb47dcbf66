terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

# Within a check, a gate that is closed warns with its reasons, and stops neither plan nor apply.
check "release" {
  data "auditgate_gate" "release" {
    dws_audit_dump_records {
      cluster_ids  = [var.cluster_id]
      max_failures = 0
    }
  }

  assert {
    condition     = data.auditgate_gate.release.passed
    error_message = "The audit trail is not in order."
  }
}
