import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, DataResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AuditgateProvider } from "../src/index.ts";
import { type Configuration, dependencies, GATE, gateIn, policy, resource } from "./gate-stack.ts";

/** Whole apps, synthesized into folders as users do: what tests of single stacks do not see. */
let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "auditgate-guards-"));
});
afterEach(() => rmSync(scratch, { recursive: true }));

const newApp = (options: object = {}) => new App({ outdir: join(scratch, "out"), ...options });

/** Stacks of one app, each with the provider and a resource `release`. */
function stacksOf(app: App, ...ids: string[]): TerraformStack[] {
  return ids.map((id) => {
    const stack = new TerraformStack(app, id);
    new AuditgateProvider(stack, "auditgate");
    resource(stack, "release");
    return stack;
  });
}

const written = (app: App, id: string) =>
  JSON.parse(readFileSync(join(app.outdir, "stacks", id, "cdk.tf.json"), "utf8")) as Configuration;

test("a gate that guards the whole app is refused by the names of what it cannot hold back", () => {
  const app = newApp();
  gateIn(stacksOf(app, "one", "two")[0]!).guard(app);
  expect(() => app.synth()).toThrow(
    /The app cannot be guarded as a whole: two\/release is not in the gate's own/,
  );
});

test("a resource of another stack that depends on a gate is refused by name", () => {
  const app = newApp();
  const [one, two] = stacksOf(app, "one", "two");
  const gate = gateIn(one!);
  new DataResource(two!, "late", { dependsOn: [gate] });
  expect(() => app.synth()).toThrow(/two depends on one\/gate, which is in another stack/);
});

test("a gate about something of another stack guards its own", () => {
  const app = newApp();
  const [one, two] = stacksOf(app, "one", "two");
  const cluster = resource(one!, "cluster", "id");
  gateIn(two!, policy([cluster.output.toString()])).guardStack();
  app.synth();
  const configuration = written(app, "two");
  expect(dependencies(configuration)).toEqual({ release: [GATE] });
  expect(JSON.stringify(configuration["data"])).toContain("terraform_remote_state.cross-stack");
});

test("the synthesis names what it spares", () => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  new AuditgateProvider(stack, "auditgate");
  resource(stack, "release");
  const needed = ["first", "second"].map((id) => resource(stack, id));
  gateIn(stack, policy(needed.map(({ output }) => output.toString()))).guardStack();
  app.synth();
  app.synth();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
    readonly stacks: { readonly stack: { readonly annotations: readonly object[] } };
  };
  expect(manifest.stacks.stack.annotations).toEqual([
    expect.objectContaining({
      constructPath: "stack/gate",
      level: "@cdktf/info",
      message: "Not guarded, for the gate depends on it: stack/first, stack/second.",
    }),
  ]);
});

test("an app that skips validations has its guards, and says what they cannot hold back", () => {
  const app = newApp({ skipValidation: true });
  const [stack] = stacksOf(app, "stack");
  const gate = gateIn(stack!).guardStack();
  app.synth();
  expect(dependencies(written(app, "stack"))).toEqual({ release: [GATE] });
  gate.guard(new Construct(stack!, "empty"));
  expect(() => app.synth()).toThrow(/There is nothing to guard in stack\/empty/);
});
