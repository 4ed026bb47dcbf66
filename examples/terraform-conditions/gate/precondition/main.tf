terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

data "auditgate_gate" "release" {
  enforcement = "advisory" # warns; who must wait says so below

  dws_audit_dump_records {
    cluster_ids  = [var.cluster_id]
    max_failures = 0
  }
}

resource "terraform_data" "deployment" { # stands for what you deploy
  lifecycle {
    # Fails plan and apply, and holds this resource back; others that do not depend on it may be targeted.
    precondition {
      condition     = data.auditgate_gate.release.passed
      error_message = join("\n", data.auditgate_gate.release.violations[*].message)
    }
  }
}
