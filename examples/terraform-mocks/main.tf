terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_gate" "release" {
  enforcement = var.enforcement
  dws_audit_dump_records {
    cluster_ids  = [var.cluster_id]
    max_age      = "24h"
    max_failures = 0
  }
}

data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = var.cluster_id
}

data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = var.cluster_id
}

data "auditgate_dds_audit_logs" "logs" {
  instance_id = var.instance_id
  last        = "1d"
}

data "auditgate_dws_clusters" "clusters" {}

data "auditgate_dds_instances" "instances" {}

# Stands for what is to be deployed. The precondition is what a test can expect to fail: a gate's own error it cannot.
resource "terraform_data" "deployment" {
  input = "1.0.0"

  lifecycle {
    precondition {
      condition     = data.auditgate_gate.release.passed
      error_message = "The gate has not passed."
    }
  }
}

output "figures" {
  value = {
    failed_dumps    = data.auditgate_dws_audit_dump_records.dumps.summary.failed
    pending_changes = data.auditgate_dws_parameter_modification_records.changes.summary.pending
    bytes           = data.auditgate_dds_audit_logs.logs.summary.total_bytes
    clusters        = data.auditgate_dws_clusters.clusters.summary.count
    instances       = data.auditgate_dds_instances.instances.summary.count
  }
}
