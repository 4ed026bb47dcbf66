terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "instance_id" {
  type        = string
  description = "ID of the DDS instance."
}

data "auditgate_dds_audit_logs" "logs" {
  instance_id = var.instance_id
  last        = "24h"
}

# Warns in every plan and apply, and stops neither.
check "logs" {
  assert {
    condition     = data.auditgate_dds_audit_logs.logs.complete && data.auditgate_dds_audit_logs.logs.summary.count > 0
    error_message = "No audit log of the last 24 hours was found."
  }
}
