import * as pulumi from "@pulumi/pulumi";
import { AuditGate, guardStack } from "@auditgate/pulumi-provider";
import { Deployment } from "./deployment.ts";

const config = new pulumi.Config();
const clusterId = config.get("clusterId") ?? process.env["DWS_CLUSTER_ID"] ?? config.require("clusterId");

const gate = new AuditGate("gate", {
  dwsAuditDumpRecords: [{ clusterIds: [clusterId], within: "7d", maxAge: "24h", maxFailures: 0 }],
});
void guardStack(gate);

// Everything from here on waits for the gate.
const service = new Deployment("service", { release: config.get("release") ?? "1.0.0" });

export const release = service.release;
export const evidence = gate.evidenceDigest;
