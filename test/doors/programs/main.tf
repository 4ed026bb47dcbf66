# All queries, every record of each: what doors.test.ts compares.
terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}

variable "cluster_id" {
  type = string
}
variable "instance_id" {
  type = string
}
variable "start_time" {
  type = string
}
variable "end_time" {
  type = string
}

data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = var.cluster_id
}
data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = var.cluster_id
}
data "auditgate_dds_audit_logs" "logs" {
  instance_id = var.instance_id
  start_time  = var.start_time
  end_time    = var.end_time
}
data "auditgate_dws_clusters" "clusters" {}
data "auditgate_dds_instances" "instances" {
  mode = "ReplicaSet"
}

# As texts: Terraform compares long lists of objects for many seconds when it plans again.
output "dumps" {
  value = jsonencode(data.auditgate_dws_audit_dump_records.dumps)
}
output "changes" {
  value = jsonencode(data.auditgate_dws_parameter_modification_records.changes)
}
output "logs" {
  value = jsonencode(data.auditgate_dds_audit_logs.logs)
}
output "clusters" {
  value = jsonencode(data.auditgate_dws_clusters.clusters)
}
output "instances" {
  value = jsonencode(data.auditgate_dds_instances.instances)
}
