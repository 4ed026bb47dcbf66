// A package of one component, `platform:index:Platform`, as the CLI runs it in a process of its own. Says when it is asked
// to construct one.
import { appendFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { AuditGate, guardStack } from "@auditgate/pulumi-provider";

class Platform extends pulumi.ComponentResource {
  constructor(name, { version, gate: kind, clusterId }, opts) {
    super("platform:index:Platform", name, {}, opts);
    const parent = this;
    const rules = { clusterIds: [clusterId], maxFailures: 0 };
    const gate = kind && new AuditGate(`${name}-gate`, { dwsAuditDumpRecords: [rules] }, { parent });
    if (kind === "guardStack") void guardStack(gate);
    const dependsOn = kind === "dependsOn" ? gate : [];
    new pulumi.Stash(`${name}-part`, { input: version }, { parent, dependsOn });
    this.registerOutputs({});
  }
}

const provider = {
  version: "1.0.0",
  async construct(name, _type, inputs, opts) {
    appendFileSync(inputs.log, `construct ${name} ${inputs.version}\n`);
    return { urn: new Platform(name, inputs, opts).urn, state: {} };
  },
};
await pulumi.provider.main(provider, process.argv.slice(2));
