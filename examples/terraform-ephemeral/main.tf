terraform {
  required_version = ">= 1.10" # of OpenTofu: 1.11
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

provider "auditgate" {}

variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

variable "instance_id" {
  type        = string
  description = "ID of the DDS instance."
}

variable "release" {
  type        = string
  description = "What to deploy."
  default     = "1.0.0"
}

# Read in every plan and again in every apply, also of a saved plan; kept in neither plan nor state.
ephemeral "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = var.cluster_id

  lifecycle {
    postcondition {
      condition     = self.complete && self.summary.failed == 0
      error_message = "Audit-log dumps of the cluster failed." # without figures: engines hide messages with ephemeral values
    }
  }
}

ephemeral "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = var.cluster_id

  lifecycle {
    postcondition {
      condition     = self.complete && self.summary.pending == 0
      error_message = "Parameter changes of the cluster are pending."
    }
  }
}

ephemeral "auditgate_dds_audit_logs" "logs" {
  instance_id = var.instance_id
  last        = "7d"

  lifecycle {
    postcondition {
      condition     = self.complete && self.summary.count > 0
      error_message = "The instance wrote no audit logs in seven days."
    }
  }
}

# What must wait for the audit trail; in earnest, the deployment.
resource "terraform_data" "deployment" {
  input = var.release

  depends_on = [
    ephemeral.auditgate_dws_audit_dump_records.dumps,
    ephemeral.auditgate_dws_parameter_modification_records.changes,
    ephemeral.auditgate_dds_audit_logs.logs,
  ]
}
