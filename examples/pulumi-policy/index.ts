import * as pulumi from "@pulumi/pulumi";
import { PolicyPack, type ResourceValidationPolicy, type StackValidationPolicy } from "@pulumi/policy";

const GATE = "auditgate:index:AuditGate";

interface Config {
  production: string;
}

const configSchema: ResourceValidationPolicy["configSchema"] = {
  properties: {
    production: {
      type: "string",
      format: "regex",
      // `prod` as a word: `prod`, `prod-eu`, `shop-production`.
      default: "(^|[^a-z])prod(uction)?([^a-z]|$)",
    },
  },
};

function isProduction({ production }: Config): boolean {
  return new RegExp(production, "i").test(pulumi.getStack());
}

const gateExists: StackValidationPolicy = {
  name: "production-has-a-gate",
  description: "A production stack has an AuditGate.",
  enforcementLevel: "mandatory",
  configSchema,
  validateStack: (args, reportViolation) => {
    if (!isProduction(args.getConfig<Config>())) return;
    if (args.resources.some(({ type }) => type === GATE)) return;
    reportViolation(
      "This stack deploys without looking at the audit trail. Add an AuditGate of @auditgate/pulumi-provider, and guardStack(gate).",
    );
  },
};

const gateHolds: ResourceValidationPolicy = {
  name: "production-gate-is-mandatory",
  description: "The gate of a production stack fails the deployment, and does not only warn.",
  enforcementLevel: "mandatory",
  configSchema,
  validateResource: ({ type, props, getConfig }, reportViolation) => {
    if (type !== GATE || !isProduction(getConfig<Config>())) return;
    if (props["enforcement"] === "advisory") reportViolation('Remove `enforcement: "advisory"`.');
    if (props["onError"] === "warn") reportViolation('Remove `onError: "warn"`.');
  },
};

new PolicyPack("auditgate", { policies: [gateExists, gateHolds] });
