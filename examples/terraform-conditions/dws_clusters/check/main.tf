terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_dws_clusters" "all" {}

# Warns in every plan and apply, and stops neither.
check "clusters" {
  assert {
    condition     = data.auditgate_dws_clusters.all.complete && alltrue([for cluster in data.auditgate_dws_clusters.all.records : cluster.status != "FROZEN"])
    error_message = "A DWS cluster is frozen, or not all clusters could be listed."
  }
}
