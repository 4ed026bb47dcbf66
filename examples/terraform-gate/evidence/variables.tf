variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster whose audit trail has to be in order."
}

variable "release" {
  type        = string
  description = "What to deploy."
  default     = "1.0.0"
}
