# With the real provider, which reads from the emulator:
#
#     npx -p @auditgate/emulator auditgate-emulator -- terraform test -filter=emulator.tftest.hcl
#
# A mandatory gate that is closed is an error of the provider, which no `expect_failures` can expect: the run fails. Tests that
# want to see what a closed gate says make it advisory, and look at what it gives out.

run "an_open_gate_lets_through" {
  assert {
    condition     = data.auditgate_gate.release.passed && terraform_data.deployment.output == "1.0.0"
    error_message = "Nothing was deployed."
  }
}

run "a_closed_gate_says_why_and_holds_the_deployment_back" {
  command = plan

  variables {
    enforcement = "advisory"
    cluster_id  = "a0d17a7e-c001-4000-8000-000000000002" # its newest dump failed
  }

  assert {
    condition     = data.auditgate_gate.release.violations[*].rule_id == tolist(["dws.dump.max-failures"])
    error_message = "It says ${jsonencode(data.auditgate_gate.release.violations)}."
  }

  expect_failures = [terraform_data.deployment]
}

run "records_and_lists_are_there" {
  command = plan

  assert {
    condition     = length(data.auditgate_dws_audit_dump_records.dumps.records) > 0
    error_message = "There is no dump."
  }

  assert {
    condition     = length(data.auditgate_dds_audit_logs.logs.summary.by_node) == 3
    error_message = "Not every node has logs."
  }
}
