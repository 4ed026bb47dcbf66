import "cdktf/lib/testing/adapters/jest.js";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import type { Construct } from "constructs";
import { providerPackage } from "@auditgate/terraform-provider/package";
import { AuditgateProvider } from "./index.ts";

Testing.setupJest();

function synth(build: (scope: Construct) => void) {
  return JSON.parse(Testing.synthScope(build)) as { readonly provider: unknown; readonly terraform: unknown };
}

describe("the provider", () => {
  test("needs no configuration, and names the version that it brings", () => {
    const { provider, terraform } = synth((scope) => new AuditgateProvider(scope, "auditgate"));
    expect(provider).toEqual({ auditgate: [{}] });
    expect(terraform).toMatchObject({
      required_providers: { auditgate: { source: "auditgate/auditgate", version: providerPackage.version } },
    });
  });

  test("writes its arguments under Terraform's names, nested ones too", () => {
    const { provider } = synth((scope) => {
      const password = new TerraformVariable(scope, "password", { type: "string", sensitive: true });
      new AuditgateProvider(scope, "auditgate", {
        region: "eu-de",
        userName: "auditor",
        password: password.stringValue,
        insecure: false,
        maxRetries: 0,
        endpoints: { dws: "https://dws.example.com" },
        assumeRole: { agencyName: "readers", domainName: "audit", duration: 900 },
      });
    });
    expect(provider).toEqual({
      auditgate: [
        {
          region: "eu-de",
          user_name: "auditor",
          password: "${var.password}",
          insecure: false,
          max_retries: 0,
          endpoints: { dws: "https://dws.example.com" },
          assume_role: { agency_name: "readers", domain_name: "audit", duration: 900 },
        },
      ],
    });
  });

  test("has an alias where there are several", () => {
    const { provider } = synth((scope) => {
      new AuditgateProvider(scope, "de", { region: "eu-de" });
      const nl = new AuditgateProvider(scope, "nl", { region: "eu-nl", alias: "nl" });
      expect([nl.alias, nl.fqn]).toEqual(["nl", "auditgate.nl"]);
    });
    expect(provider).toEqual({ auditgate: [{ region: "eu-de" }, { region: "eu-nl", alias: "nl" }] });
  });

  test("takes arguments back, and other ones", () => {
    const { provider } = synth((scope) => {
      const auditgate = new AuditgateProvider(scope, "auditgate", { region: "eu-de", profile: "audit" });
      auditgate.resetRegion();
      auditgate.profile = "other";
      expect([auditgate.region, auditgate.profileInput]).toEqual([undefined, "other"]);
    });
    expect(provider).toEqual({ auditgate: [{ profile: "other" }] });
  });

  test("can be looked for with cdktf's matchers", () => {
    const synthesized = Testing.synthScope(
      (scope) => new AuditgateProvider(scope, "auditgate", { region: "eu-de" }),
    );
    expect(synthesized).toHaveProviderWithProperties(AuditgateProvider, { region: "eu-de" });
  });

  test("synthesizes nested arguments to HCL as well", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AuditgateProvider(stack, "auditgate", {
      region: "eu-de",
      insecure: true,
      endpoints: { dws: "https://d" },
    });
    expect(Testing.synthHcl(stack)).toContain(
      'provider "auditgate" {\nregion = "eu-de"\nendpoints = {\ndws = "https://d"\n}\ninsecure = true\n}',
    );
  });
});
