import {
  Fn,
  TerraformHclModule,
  TerraformLocal,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Testing,
} from "cdktf";
import type { Construct } from "constructs";
import { AuditGate, AuditgateProvider, DataAuditgateDwsAuditDumpRecords } from "../index.ts";
import { clusterId, dependencies, GATE, gateIn, policy, resource, synth } from "../../test/gate-stack.ts";

describe("guardStack", () => {
  /** A resource of a provider whose configuration may refer to others. */
  class Thing extends TerraformResource {
    constructor(scope: Construct, id: string, provider?: TerraformProvider) {
      super(scope, id, {
        terraformResourceType: "other_thing",
        terraformGeneratorMetadata: { providerName: "other" },
        ...(provider && { provider }),
      });
    }
  }
  class OtherProvider extends TerraformProvider {
    private readonly host: string;
    constructor(scope: Construct, id: string, host: string) {
      super(scope, id, {
        terraformResourceType: "other",
        terraformProviderSource: "example/other",
        terraformGeneratorMetadata: { providerName: "other" },
      });
      this.host = host;
    }
    protected override synthesizeAttributes() {
      return { host: this.host };
    }
  }

  test.each<[string, (stack: TerraformStack) => string]>([
    ["a token", (stack) => resource(stack, "needed").output.toString()],
    ["a text around a token", (stack) => `x-${resource(stack, "needed").output.toString()}`],
    ["a text", (stack) => (resource(stack, "needed"), "${terraform_data.needed.output}")],
    [
      "a local value",
      (stack) => new TerraformLocal(stack, "local", resource(stack, "needed").output).asString,
    ],
    ["a function", (stack) => Fn.upper(resource(stack, "needed").output.toString())],
    [
      "a data source",
      (stack) => {
        const needed = resource(stack, "needed");
        const dumps = new DataAuditgateDwsAuditDumpRecords(stack, "dumps", {
          clusterId: needed.output.toString(),
        });
        return dumps.id;
      },
    ],
    [
      "what a data source depends on",
      (stack) =>
        new DataAuditgateDwsAuditDumpRecords(stack, "dumps", {
          clusterId,
          dependsOn: [resource(stack, "needed")],
        }).id,
    ],
    [
      "the configuration of another resource's provider",
      (stack) => {
        new OtherProvider(stack, "other", resource(stack, "needed").output.toString());
        return new Thing(stack, "thing").getStringAttribute("id");
      },
    ],
    [
      "a module",
      (stack) =>
        new TerraformHclModule(stack, "module", {
          source: "example/module",
          variables: { input: resource(stack, "needed").output },
        }).getString("id"),
    ],
  ])("does not guard what the gate needs through %s, and guards the rest", (_, id) => {
    const configuration = synth((stack) => {
      gateIn(stack, policy([id(stack)])).guardStack();
      resource(stack, "release");
      // Similar names, and mentions in texts, are no references.
      resource(stack, "needed-too", "terraform_data.needed");
    });
    expect(dependencies(configuration)).toMatchObject({
      needed: [],
      release: [GATE],
      "needed-too": [GATE],
    });
    expect(JSON.stringify(configuration["module"] ?? {})).not.toContain("depends_on");
  });

  test("does not guard what the gate's own provider needs", () => {
    const configuration = synth((stack) => {
      const region = resource(stack, "region");
      const other = resource(stack, "other");
      const provider = new AuditgateProvider(stack, "nl", { alias: "nl", region: region.output.toString() });
      new AuditgateProvider(stack, "ch", { alias: "ch", region: other.output.toString() });
      gateIn(stack, { ...policy(), provider }).guardStack();
    });
    expect(dependencies(configuration)).toEqual({ region: [], other: [GATE] });
  });

  test("leaves other stacks alone", () => {
    const app = Testing.app();
    const stacks = ["one", "two"].map((id) => new TerraformStack(app, id));
    for (const stack of stacks) {
      new AuditgateProvider(stack, "auditgate");
      resource(stack, "release");
    }
    gateIn(stacks[0]!).guardStack();
    const [one, two] = stacks.map((stack) => dependencies(JSON.parse(Testing.synth(stack, true))));
    expect([one, two]).toEqual([{ release: [GATE] }, { release: [] }]);
  });

  test("of two gates that need each other's resources makes no cycle", () => {
    const configuration = synth((stack) => {
      const [a, b] = ["a", "b"].map((id) => resource(stack, id));
      new AuditGate(stack, "first", policy([a!.output.toString()])).guardStack();
      new AuditGate(stack, "second", policy([b!.output.toString()])).guardStack();
      resource(stack, "release");
    });
    expect(dependencies(configuration)).toEqual({
      a: [],
      b: ["data.auditgate_gate.first"],
      release: ["data.auditgate_gate.first", "data.auditgate_gate.second"],
    });
  });

  test("adds nothing when the stack is synthesized again", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AuditgateProvider(stack, "auditgate");
    gateIn(stack).guardStack().guardStack();
    resource(stack, "release");
    expect(Testing.synth(stack, true)).toBe(Testing.synth(stack, true));
    expect(dependencies(JSON.parse(Testing.synth(stack)))).toEqual({ release: [GATE] });
  });
});
