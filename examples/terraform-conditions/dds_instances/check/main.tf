terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

data "auditgate_dds_instances" "all" {}

# Warns in every plan and apply, and stops neither.
check "instances" {
  assert {
    condition     = data.auditgate_dds_instances.all.complete && alltrue([for instance in data.auditgate_dds_instances.all.records : instance.status == "normal"])
    error_message = "A DDS instance is not in order, or not all instances could be listed."
  }
}
