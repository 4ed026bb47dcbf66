module "gate" {
  source     = "./gate"
  cluster_id = var.cluster_id
}
