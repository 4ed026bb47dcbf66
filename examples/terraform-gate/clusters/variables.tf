variable "cluster_ids" {
  type        = set(string)
  description = "IDs of the DWS clusters, each with a gate of its own."
}

variable "release" {
  type        = string
  description = "What to deploy."
  default     = "1.0.0"
}
