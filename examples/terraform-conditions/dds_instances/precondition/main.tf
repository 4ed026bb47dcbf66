terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_dds_instances" "all" {}

resource "terraform_data" "deployment" { # stands for what you deploy
  lifecycle {
    # Fails plan and apply, and holds this resource back; others that do not depend on it may be targeted.
    precondition {
      condition     = data.auditgate_dds_instances.all.complete && alltrue([for instance in data.auditgate_dds_instances.all.records : instance.status == "normal"])
      error_message = "A DDS instance is not in order, or not all instances could be listed."
    }
  }
}
