# Stands for what is to be deployed. It writes each release to a file, so that one sees whether it was touched.
resource "terraform_data" "deployment" {
  triggers_replace = var.release
  depends_on       = [module.gate]

  # Engines destroy what a saved plan replaces before they ask the gate, unless the new one is to be there first.
  lifecycle {
    create_before_destroy = true
  }

  provisioner "local-exec" {
    command     = "echo \"$RELEASE\" >> deployed.txt"
    environment = { RELEASE = self.triggers_replace }
  }
}
