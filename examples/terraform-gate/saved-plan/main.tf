terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

ephemeral "auditgate_gate" "release" {
  dws_audit_dump_records {
    cluster_ids  = [var.cluster_id]
    within       = "7d"
    max_age      = "24h"
    max_failures = 0
  }
}
