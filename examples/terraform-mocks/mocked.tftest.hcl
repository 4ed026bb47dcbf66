# Terraform, without any service: figures and verdicts by hand. Lists inside of what a provider computes it cannot mock: leave
# `records`, `by_result` and the like out. Where a test is about those, let it read from the emulator: emulator.tftest.hcl.
mock_provider "auditgate" {
  mock_data "auditgate_gate" {
    defaults = { passed = true, blocking = false }
  }

  mock_data "auditgate_dws_audit_dump_records" {
    defaults = {
      complete = true
      summary = {
        count        = 24
        failed       = 1
        running      = 0
        oldest       = "2026-01-31T09:00:00Z"
        newest       = "2026-01-31T09:00:00Z"
        last_success = "2026-01-31T09:00:00Z"
      }
    }
  }

  mock_data "auditgate_dws_parameter_modification_records" {
    defaults = {
      complete = true
      summary = {
        count   = 3
        failed  = 0
        pending = 2
        oldest  = "2026-01-31T09:00:00Z"
        newest  = "2026-01-31T09:00:00Z"
      }
    }
  }

  mock_data "auditgate_dds_audit_logs" {
    defaults = {
      complete = true
      summary = {
        count       = 36
        total_bytes = 4096
        oldest      = "2026-01-31T09:00:00Z"
        newest      = "2026-01-31T09:00:00Z"
      }
    }
  }

  mock_data "auditgate_dws_clusters" {
    defaults = {
      complete = true
      summary = {
        count = 2
      }
    }
  }

  mock_data "auditgate_dds_instances" {
    defaults = {
      complete = true
      summary = {
        count = 1
        nodes = 3
      }
    }
  }
}

run "an_open_gate_lets_through" {
  assert {
    condition     = terraform_data.deployment.output == "1.0.0"
    error_message = "Nothing was deployed."
  }

  assert {
    condition     = output.figures == { failed_dumps = 1, pending_changes = 2, bytes = 4096, clusters = 2, instances = 1 }
    error_message = "The figures are ${jsonencode(output.figures)}."
  }
}

run "a_gate_that_has_not_passed_holds_the_deployment_back" {
  command = plan

  override_data {
    target = data.auditgate_gate.release
    values = { passed = false, blocking = true }
  }

  expect_failures = [terraform_data.deployment]
}
