terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_dws_clusters" "all" {}

resource "terraform_data" "deployment" { # stands for what you deploy
  lifecycle {
    # Fails plan and apply, and holds this resource back; others that do not depend on it may be targeted.
    precondition {
      condition     = data.auditgate_dws_clusters.all.complete && alltrue([for cluster in data.auditgate_dws_clusters.all.records : cluster.status != "FROZEN"])
      error_message = "A DWS cluster is frozen, or not all clusters could be listed."
    }
  }
}
