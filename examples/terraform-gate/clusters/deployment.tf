# Stands for what is to be deployed. It writes each release to a file, so that one sees whether it was touched.
resource "terraform_data" "deployment" {
  triggers_replace = var.release

  # No gate at all would let everything pass: a gate is demanded.
  lifecycle {
    precondition {
      condition     = length(data.auditgate_gate.release) > 0 && alltrue(values(data.auditgate_gate.release)[*].passed)
      error_message = "No gate has judged this release: cluster_ids is empty."
    }
  }

  provisioner "local-exec" {
    command     = "echo \"$RELEASE\" >> deployed.txt"
    environment = { RELEASE = self.triggers_replace }
  }
}
