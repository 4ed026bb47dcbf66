import {
  type App,
  Aspects,
  DataResource,
  TerraformElement,
  TerraformHclModule,
  TerraformIterator,
  TerraformStack,
  Testing,
} from "cdktf";
import { AuditGate, AuditgateProvider } from "../index.ts";
import { dependencies, GATE, gateIn, policy, resource, synth } from "../../test/gate-stack.ts";

/** Stacks of one app, each with the provider and a resource `release`. */
function stacksOf(app: App, ...ids: string[]): TerraformStack[] {
  return ids.map((id) => {
    const stack = new TerraformStack(app, id);
    new AuditgateProvider(stack, "auditgate");
    resource(stack, "release");
    return stack;
  });
}

const synthesized = (stack: TerraformStack) => JSON.parse(Testing.synth(stack)) as ReturnType<typeof synth>;

describe("a construct that spans stacks", () => {
  test("is refused by the names of what the gate cannot hold back", () => {
    const app = Testing.app();
    const [one] = stacksOf(app, "one", "two", "three");
    gateIn(one!).guard(app);
    expect(() => synthesized(one!)).toThrow(
      /The app cannot be guarded as a whole: two\/release, three\/release are not in the gate's own stack one/,
    );
  });

  test("is guarded whole where every stack has a gate that holds it back", () => {
    const app = Testing.app();
    const stacks = stacksOf(app, "one", "two");
    gateIn(stacks[0]!).guard(app);
    gateIn(stacks[1]!).guardStack();
    expect(stacks.map(synthesized).map(dependencies)).toEqual([{ release: [GATE] }, { release: [GATE] }]);
  });

  test("is refused where it is a stack with another one in it", () => {
    const [outer] = stacksOf(Testing.app(), "outer");
    const inner = new TerraformStack(outer!, "inner");
    resource(inner, "release");
    gateIn(outer!).guardStack();
    expect(() => synthesized(outer!)).toThrow(
      /outer cannot be guarded as a whole: outer\/inner\/release is not/,
    );
  });

  test("is refused where it holds resources of another stack alone", () => {
    const app = Testing.app();
    const [one, two] = stacksOf(app, "one", "two");
    gateIn(one!).guard(two!);
    expect(() => synthesized(one!)).toThrow(/There is nothing to guard in two/);
  });
});

test.each([
  ["in a template", "x ${var.y} terraform_data.release"],
  ["in a quoted text", '${upper("terraform_data.release")}'],
  ["as an escape", "$${terraform_data.release}"],
  ["in a comment", "${var.y /* terraform_data.release */}"],
])("a resource whose address is in a literal text of the gate, %s, is guarded", (_, text) => {
  const configuration = synth((stack) => {
    stack.addOverride("variable.y.default", "y");
    gateIn(stack, { ...policy(), region: text }).guardStack();
    resource(stack, "release");
  });
  expect(dependencies(configuration)).toEqual({ release: [GATE] });
});

test.each([
  ["with blanks", "${ terraform_data . needed . output }"],
  ["inside of a quoted text", '${upper("${terraform_data.needed.output}")}'],
  ["in a directive", "%{ if terraform_data.needed.output }x%{ endif }"],
  ["by an index", '${terraform_data.needed["a"].output}'],
])("a resource that the gate refers to %s is not", (_, text) => {
  const configuration = synth((stack) => {
    resource(stack, "needed");
    resource(stack, "release");
    gateIn(stack, { ...policy(), region: text }).guardStack();
  });
  expect(dependencies(configuration)).toEqual({ needed: [], release: [GATE] });
});

describe("what comes late is guarded", () => {
  /** Adds `added` when the tree has been walked already, into what was visited first. */
  const lateAspect = (stack: TerraformStack) => ({
    visit: (node: unknown) => {
      if (node === stack.node.findChild("last") && !stack.node.tryFindChild("added")) {
        resource(stack, "added");
        new TerraformHclModule(stack, "module", { source: "example/module" });
      }
    },
  });

  test.each(["with validation", "without"])("by an aspect, %s", (how) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AuditgateProvider(stack, "auditgate");
    gateIn(stack).guardStack();
    resource(stack, "last");
    Aspects.of(stack).add(lateAspect(stack));
    const configuration = JSON.parse(Testing.synth(stack, how === "with validation")) as ReturnType<
      typeof synth
    >;
    expect(dependencies(configuration)).toEqual({ last: [GATE], added: [GATE] });
    expect(configuration["module"]?.["module"]).toMatchObject({ depends_on: [GATE] });
  });
});

describe("overrides of a stack", () => {
  const withOverride = (path: string, value: unknown) =>
    synth((stack) => {
      gateIn(stack).guardStack();
      resource(stack, "release");
      stack.addOverride(path, value);
    });

  test.each([
    [
      "a resource",
      "resource.terraform_data.extra",
      { input: "x" },
      /terraform_data\.extra, which an override adds/,
    ],
    [
      "a module",
      "module.extra",
      { source: "example/module" },
      /module\.extra, which an override adds to stack/,
    ],
  ])("that add %s without the gate are refused by its name", (_, path, value, message) => {
    expect(() => withOverride(path, value)).toThrow(message);
    expect(withOverride(path, { ...value, depends_on: [GATE] })).toBeDefined();
  });

  test("that throw a dependency away are refused by name", () => {
    expect(() => withOverride("resource.terraform_data.release.depends_on", null)).toThrow(
      /stack\/release is not guarded: its depends_on was overridden/,
    );
  });

  test("that add what the gate needs are followed", () => {
    const configuration = synth((stack) => {
      stack.addOverride("resource.terraform_data.cluster", { input: "x" });
      gateIn(stack, policy(["${terraform_data.cluster.output}"])).guardStack();
    });
    expect(dependencies(configuration)).toEqual({ cluster: [] });
  });
});

test("an element of a kind that cannot be told to depend on something is refused by name", () => {
  class Odd extends TerraformElement {
    override toTerraform(): unknown {
      return { resource: { odd_thing: { [this.friendlyUniqueId]: {} } } };
    }
  }
  expect(() =>
    synth((stack) => {
      new Odd(stack, "odd", "odd_thing");
      gateIn(stack).guardStack();
    }),
  ).toThrow(/stack\/odd is not guarded/);
});

describe("iterators", () => {
  test("of guarded resources and modules change nothing", () => {
    const configuration = synth((stack) => {
      const forEach = TerraformIterator.fromList(["a", "b"]);
      new DataResource(stack, "release", { forEach });
      new TerraformHclModule(stack, "module", { source: "example/module", forEach });
      gateIn(stack).guardStack();
    });
    expect(dependencies(configuration)).toEqual({ release: [GATE] });
    expect(configuration["module"]?.["module"]).toMatchObject({ depends_on: [GATE] });
  });

  test("over what the gate needs are followed", () => {
    const configuration = synth((stack) => {
      const clusters = new DataResource(stack, "clusters", { forEach: TerraformIterator.fromList(["a"]) });
      const forEach = TerraformIterator.fromResources(clusters);
      new AuditGate(stack, "gate", { ...policy([forEach.getString("output")]), forEach }).guardStack();
      resource(stack, "release");
    });
    expect(dependencies(configuration)).toEqual({ clusters: [], release: [GATE] });
  });
});
