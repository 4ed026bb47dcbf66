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

  lifecycle {
    # Fails plan and apply, and holds back whatever depends on this data source.
    postcondition {
      condition     = self.complete && self.summary.count > 0
      error_message = "No audit log of the last 24 hours was found."
    }
  }
}

resource "terraform_data" "deployment" { # stands for what you deploy
  depends_on = [data.auditgate_dds_audit_logs.logs]
}
