terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

# One policy for both.
locals {
  dumps = {
    cluster_ids  = [var.cluster_id]
    within       = "7d"
    max_age      = "24h"
    max_failures = 0
  }
}

data "auditgate_gate" "release" {
  dws_audit_dump_records {
    cluster_ids  = local.dumps.cluster_ids
    within       = local.dumps.within
    max_age      = local.dumps.max_age
    max_failures = local.dumps.max_failures
  }
}

ephemeral "auditgate_gate" "release" {
  dws_audit_dump_records {
    cluster_ids  = local.dumps.cluster_ids
    within       = local.dumps.within
    max_age      = local.dumps.max_age
    max_failures = local.dumps.max_failures
  }
  depends_on = [data.auditgate_gate.release] # while that one fails, the reasons are said once
}

# OpenTofu leaves out an ephemeral resource that nothing in its module refers to: without this, saved plans are applied.
output "judged" {
  value      = data.auditgate_gate.release.passed
  depends_on = [ephemeral.auditgate_gate.release]
}

# Without effect while the gate is judged at plan time; where it is put off to the apply, the plan says so here.
check "judged_at_plan_time" {
  assert {
    condition     = data.auditgate_gate.release.passed
    error_message = "The gate has not passed."
  }
}
