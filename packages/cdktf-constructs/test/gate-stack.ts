import { AuditGate, type AuditGateConfig, AuditgateProvider } from "../src/index.ts";
import { DataResource, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";

export const clusterId = "a0d17a7e-c001-4000-8000-000000000001";
export const GATE = "data.auditgate_gate.gate";

export interface Configuration {
  readonly [kind: string]: { readonly [type: string]: { readonly [name: string]: Block } };
}

interface Block {
  readonly [argument: string]: unknown;
  readonly depends_on?: readonly string[];
}

/** The synthesized configuration of a stack with the provider, that `build` fills; validated. */
export function synth(build: (stack: TerraformStack) => void): Configuration {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AuditgateProvider(stack, "auditgate");
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as Configuration;
}

export const policy = (ids: string[] = [clusterId]): AuditGateConfig => ({
  dwsAuditDumpRecords: [{ clusterIds: ids, maxFailures: 0 }],
});

export const gateIn = (stack: Construct, config = policy()) => new AuditGate(stack, "gate", config);
export const resource = (scope: Construct, id: string, input?: unknown) =>
  new DataResource(scope, id, { input: input as { readonly [key: string]: unknown } });

/** `depends_on` of every resource. */
export function dependencies({ resource: resources = {} }: Configuration) {
  return Object.fromEntries(
    Object.values(resources).flatMap((named) =>
      Object.entries(named).map(([name, { depends_on = [] }]) => [name, depends_on]),
    ),
  );
}
