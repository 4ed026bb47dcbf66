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

  lifecycle {
    # Fails plan and apply, and holds back whatever depends on this data source.
    postcondition {
      condition     = self.complete && self.summary.pending == 0
      error_message = "${self.summary.pending} parameter modifications are not in effect yet."
    }
  }
}

resource "terraform_data" "deployment" { # stands for what you deploy
  depends_on = [data.auditgate_dws_parameter_modification_records.changes]
}
