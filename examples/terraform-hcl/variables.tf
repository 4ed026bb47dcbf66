variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster."
}

variable "instance_id" {
  type        = string
  description = "ID of the DDS instance."
}

variable "node_ids" {
  type        = list(string)
  description = "IDs of the nodes that write audit logs; the tests look for logs of each."
  default     = []
}

variable "last" {
  type        = string
  description = "How far to look back for audit logs."
  default     = "7d"
}

variable "max_failed_dumps" {
  type        = number
  description = "How many audit-log dumps may have failed; more of them fail the plan."
  default     = 0
}
