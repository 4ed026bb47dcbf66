# Stands for what is to be deployed. It writes each release to a file, so that one sees whether it was touched.
resource "terraform_data" "deployment" {
  triggers_replace = var.release
  depends_on       = [data.auditgate_gate.release]

  provisioner "local-exec" {
    command     = "echo \"$RELEASE\" >> deployed.txt"
    environment = { RELEASE = self.triggers_replace }
  }
}
