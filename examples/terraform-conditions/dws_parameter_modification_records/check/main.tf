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

# Warns in every plan and apply, and stops neither.
check "changes" {
  assert {
    condition     = data.auditgate_dws_parameter_modification_records.changes.complete && data.auditgate_dws_parameter_modification_records.changes.summary.pending == 0
    error_message = "${data.auditgate_dws_parameter_modification_records.changes.summary.pending} parameter modifications are not in effect yet."
  }
}
