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

resource "terraform_data" "deployment" { # stands for what you deploy
  lifecycle {
    # Fails plan and apply, and holds this resource back; others that do not depend on it may be targeted.
    precondition {
      condition     = data.auditgate_dws_audit_dump_records.dumps.complete && data.auditgate_dws_audit_dump_records.dumps.summary.failed == 0
      error_message = "${data.auditgate_dws_audit_dump_records.dumps.summary.failed} audit-log dumps failed."
    }
  }
}
