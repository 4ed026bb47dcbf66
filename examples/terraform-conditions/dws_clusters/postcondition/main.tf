terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_dws_clusters" "all" {
  lifecycle {
    # Fails plan and apply, and holds back whatever depends on this data source.
    postcondition {
      condition     = self.complete && alltrue([for cluster in self.records : cluster.status != "FROZEN"])
      error_message = "A DWS cluster is frozen, or not all clusters could be listed."
    }
  }
}

resource "terraform_data" "deployment" { # stands for what you deploy
  depends_on = [data.auditgate_dws_clusters.all]
}
