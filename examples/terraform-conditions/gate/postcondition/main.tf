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
  enforcement = "advisory"

  dws_audit_dump_records {
    cluster_ids  = [var.cluster_id]
    max_age      = "24h"
    max_failures = 0
  }

  lifecycle {
    # A dump older than a day only warns; whatever else is wrong, or unknown, fails plan and apply.
    postcondition {
      condition     = alltrue([for violation in self.violations : violation.rule_id == "dws.dump.max-age"])
      error_message = join("\n", self.violations[*].message)
    }
  }
}

resource "terraform_data" "deployment" { # stands for what you deploy
  depends_on = [data.auditgate_gate.release]
}
