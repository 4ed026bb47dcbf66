terraform {
  required_version = ">= 1.10" # of OpenTofu: 1.11
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

provider "auditgate" {}

variable "expected_clusters" {
  type        = list(string)
  description = "IDs of the DWS clusters that somebody watches over."
  default     = []
}

variable "release" {
  type        = string
  description = "What to deploy."
  default     = "1.0.0"
}

data "auditgate_dws_clusters" "all" {}

data "auditgate_dds_instances" "clusters" {
  mode = "Sharding"
}

output "clusters_by_status" {
  description = "How many DWS clusters are in which state."
  value       = { for state in data.auditgate_dws_clusters.all.summary.by_status : state.status => state.count }
}

output "unexpected_clusters" {
  description = "DWS clusters that nobody watches over yet."
  value = [
    for cluster in data.auditgate_dws_clusters.all.records : cluster.name
    if !contains(var.expected_clusters, cluster.id)
  ]

  precondition {
    condition     = data.auditgate_dws_clusters.all.complete
    error_message = "Not all DWS clusters could be listed."
  }
}

output "audited_nodes" {
  description = "The nodes that hold the audit logs of each DDS cluster: its mongos nodes."
  value = {
    for instance in data.auditgate_dds_instances.clusters.records : instance.name => flatten([
      for group in instance.groups : group.nodes[*].id if group.type == "mongos"
    ])
  }
}

# The same in an ephemeral resource enters no state; here, a plan stops where a database does not run.
ephemeral "auditgate_dws_clusters" "all" {
  lifecycle {
    postcondition {
      condition     = self.complete && alltrue([for cluster in self.records : cluster.status != "FROZEN"])
      error_message = "A DWS cluster is frozen, or not all clusters could be listed."
    }
  }
}

ephemeral "auditgate_dds_instances" "all" {
  lifecycle {
    postcondition {
      condition     = self.complete && self.summary.count > 0
      error_message = "No DDS instance was found, or not all could be listed."
    }
  }
}

# What must wait for these; in earnest, the deployment.
resource "terraform_data" "deployment" {
  input = var.release

  depends_on = [
    ephemeral.auditgate_dws_clusters.all,
    ephemeral.auditgate_dds_instances.all,
  ]
}
