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

/** A resource's URN begins with its stack: `urn:pulumi:<stack>::<project>::…`. */
function isProduction(urn: string, { production }: Config): boolean {
  const [stack = ""] = urn.replace("urn:pulumi:", "").split("::");
  return new RegExp(production, "i").test(stack);
}

const gateExists: StackValidationPolicy = {
  name: "production-has-a-gate",
  description: "A production stack has an AuditGate.",
  enforcementLevel: "mandatory",
  configSchema,
  validateStack: ({ resources, getConfig }, reportViolation) => {
    if (!resources.some(({ urn }) => isProduction(urn, getConfig<Config>()))) return;
    if (resources.some(({ type }) => type === GATE)) return;
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
  validateResource: ({ type, urn, props, getConfig }, reportViolation) => {
    if (type !== GATE || !isProduction(urn, getConfig<Config>())) return;
    if (props["enforcement"] === "advisory") reportViolation('Remove `enforcement: "advisory"`.');
    if (props["onError"] === "warn") reportViolation('Remove `onError: "warn"`.');
  },
};

new PolicyPack("auditgate", { policies: [gateExists, gateHolds] });
