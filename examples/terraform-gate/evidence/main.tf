terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_gate" "release" {
  dws_audit_dump_records {
    cluster_ids  = [var.cluster_id]
    within       = "7d"
    max_age      = "24h"
    max_failures = 0
  }
  evidence_file    = "evidence.jsonl"
  replace_evidence = true
}

# Kept elsewhere, such as in the state, it tells later whether the file is the one that this release rested on.
output "verdict_digest" {
  value = data.auditgate_gate.release.verdict_digest
}
