terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_dds_instances" "all" {
  lifecycle {
    # Fails plan and apply, and holds back whatever depends on this data source.
    postcondition {
      condition     = self.complete && alltrue([for instance in self.records : instance.status == "normal"])
      error_message = "A DDS instance is not in order, or not all instances could be listed."
    }
  }
}

resource "terraform_data" "deployment" { # stands for what you deploy
  depends_on = [data.auditgate_dds_instances.all]
}
