variable "cluster_id" {
  type        = string
  description = "ID of the DWS cluster whose audit trail has to be in order."
  default     = "a0d17a7e-c001-4000-8000-000000000001"
}

variable "instance_id" {
  type        = string
  description = "ID of the DDS instance."
  default     = "a0d17a7e000000000000000000000001in02"
}

variable "enforcement" {
  type        = string
  description = "`advisory` in tests that want to see what a closed gate says."
  default     = "mandatory"
}
