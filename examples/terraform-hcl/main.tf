terraform {
  required_version = ">= 1.6"
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

# Credentials, region and endpoints come from the environment, a profile or clouds.yaml.
provider "auditgate" {}

data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = var.cluster_id
}

data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = var.cluster_id
}

data "auditgate_dds_audit_logs" "logs" {
  instance_id = var.instance_id
  last        = var.last
}
