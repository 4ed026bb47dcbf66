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

resource "terraform_data" "deployment" { # stands for what you deploy
  lifecycle {
    # Fails plan and apply, and holds this resource back; others that do not depend on it may be targeted.
    precondition {
      condition     = data.auditgate_dds_audit_logs.logs.complete && data.auditgate_dds_audit_logs.logs.summary.count > 0
      error_message = "No audit log of the last 24 hours was found."
    }
  }
}
