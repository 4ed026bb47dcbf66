terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_gate" "release" {
  for_each = var.cluster_ids

  dws_audit_dump_records {
    cluster_ids  = [each.value]
    max_age      = "24h"
    max_failures = 0
  }
}
