terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = var.cluster_id
}

resource "terraform_data" "deployment" { # stands for what you deploy
  lifecycle {
    # Fails plan and apply, and holds this resource back; others that do not depend on it may be targeted.
    precondition {
      condition     = data.auditgate_dws_parameter_modification_records.changes.complete && data.auditgate_dws_parameter_modification_records.changes.summary.pending == 0
      error_message = "${data.auditgate_dws_parameter_modification_records.changes.summary.pending} parameter modifications are not in effect yet."
    }
  }
}
