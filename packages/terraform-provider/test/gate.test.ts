import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import {
  deployed,
  failNewestDump,
  gated,
  type GateKind,
  gateProject,
  NO_FAILED_DUMP,
  onlyError,
  stateOf,
} from "./gate-project.ts";
import type { Project } from "./project.ts";

jest.setTimeout(120_000);

const KINDS: readonly GateKind[] = ["data", "ephemeral"];
const ENGINES = ["terraform", "tofu"] as const;

describe.each(ENGINES.flatMap((engine) => KINDS.map((kind) => [engine, kind] as const)))(
  "%s, with a gate as %s",
  (engine, kind) => {
    let emulator: Emulator;
    let project: Project;

    beforeAll(async () => {
      emulator = await startEmulator();
      project = await gateProject(engine, emulator, gated(NO_FAILED_DUMP, kind));
    });
    afterAll(async () => {
      project.remove();
      await emulator.close();
    });

    const apply = (release: string, ...args: string[]) =>
      project.run("apply", "-auto-approve", "-no-color", `-var=release=${release}`, ...args);

    test("in order, it lets everything be deployed, and the next plan is empty", async () => {
      expect(await apply("one")).toMatchObject({ code: 0 });
      expect(deployed(project, "guarded")).toEqual(["one"]);
      expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
      expect(await project.run("plan", "-detailed-exitcode", "-var=release=two")).toMatchObject({ code: 2 });
      await project.succeed("plan", "-out=saved.plan", "-var=release=two");
    });

    test("violated, it is one error with the reasons, at the gate, safe for a terminal and a CI log", async () => {
      failNewestDump(emulator);
      const error = onlyError(await project.run("plan", "-json"));
      expect(error).toMatchObject({
        summary: "The gate is closed: 1 violation",
        address: `${kind}.auditgate_gate.gate`,
      });
      expect(error.detail).toMatch(
        new RegExp(
          `^max_failures: audit-log dumps of DWS cluster ${sample.clusters.healthy}\n  expected  at most 0`,
        ),
      );
      const plain = await project.run("plan", "-no-color", "-detailed-exitcode");
      expect(plain.code).toBe(1);
      expect(plain.stderr.match(/Error: /g)).toHaveLength(1);
      expect(plain.stderr).toContain("no \\u001b[31mspace\\n");
      expect(plain.stdout + plain.stderr).not.toContain("\u001b");
      expect(plain.stdout + plain.stderr).not.toMatch(/^\W*::error/m);
      expect(plain.stdout).not.toContain("terraform_data.guarded will be");
    });

    test.each([
      "plan",
      "plan -refresh=false",
      "plan -refresh-only",
      "refresh",
      "plan -destroy",
      "plan -target=terraform_data.guarded",
      "plan -replace=terraform_data.guarded",
      "apply -auto-approve",
      "apply -auto-approve -refresh=false",
      "apply -auto-approve -target=terraform_data.guarded",
      "apply -auto-approve -replace=terraform_data.guarded",
      "destroy -auto-approve",
    ])("violated, it fails %s and nothing is touched", async (command) => {
      const before = stateOf(project);
      const outcome = await project.run(...command.split(" "), "-json", "-var=release=blocked");
      expect(onlyError(outcome).summary).toBe("The gate is closed: 1 violation");
      expect(stateOf(project)).toBe(before);
      expect(deployed(project, "guarded")).toEqual(["one"]);
      expect(deployed(project, "other")).toEqual(["one"]);
    });

    test("violated, it leaves no plan that could be applied", async () => {
      await project.run("plan", "-out=violated.plan", "-var=release=blocked");
      // Engines write one, for people to look at.
      expect(await project.run("apply", "-no-color", "violated.plan")).toMatchObject({ code: 1 });
      await emulator.reset();
      expect(await project.run("apply", "-no-color", "violated.plan")).toMatchObject({ code: 1 });
      failNewestDump(emulator);
      expect(deployed(project, "guarded")).toEqual(["one"]);
    });

    test("violated, it lets pass what only looks, and what does not depend on it be targeted", async () => {
      for (const command of [["validate"], ["show"], ["output"], ["state", "list"]])
        expect(await project.run(...command)).toMatchObject({ code: 0 });
      expect(await project.run("plan", "-target=terraform_data.other")).toMatchObject({ code: 0 });
      expect(await apply("alone", "-target=terraform_data.other")).toMatchObject({ code: 0 });
      expect(deployed(project, "other").at(-1)).toBe("alone");
      expect(deployed(project, "guarded")).toEqual(["one"]);
    });

    test("in order again, it lets everything be deployed again", async () => {
      await emulator.reset();
      expect(await apply("two")).toMatchObject({ code: 0 });
      expect(deployed(project, "guarded")).toEqual(["one", "two"]);
    });

    // An engine applies what a plan says, and does not read data sources again.
    const saved =
      kind === "data"
        ? { said: "applied", code: 0, errors: 0, releases: ["one", "two", "three"] }
        : { said: "stopped as well", code: 1, errors: 1, releases: ["one", "two"] };

    test(`a plan that was saved while all was well is ${saved.said}`, async () => {
      await project.succeed("plan", "-out=healthy.plan", "-var=release=three");
      failNewestDump(emulator);
      const { code, stderr } = await project.run("apply", "-no-color", "healthy.plan");
      expect(code).toBe(saved.code);
      expect(stderr.match(/Error: The gate is closed: 1 violation/g) ?? []).toHaveLength(saved.errors);
      expect(deployed(project, "guarded")).toEqual(saved.releases);
      const { "terraform_data.guarded": guarded } = await project.state();
      expect(guarded).toMatchObject({ triggers_replace: saved.releases.at(-1) });
    });

    test("violated, it does not stand in the way of destroy -refresh=false", async () => {
      expect(await project.run("destroy", "-auto-approve")).toMatchObject({ code: 1 });
      expect(await project.run("plan", "-destroy", "-refresh=false")).toMatchObject({ code: 0 });
      expect(await project.run("destroy", "-auto-approve", "-refresh=false")).toMatchObject({ code: 0 });
      expect(await project.state()).toEqual({});
    });
  },
);

// Both engines do this: what is destroyed to be replaced goes before anything that the new one depends on.
test.each(ENGINES)(
  "%s destroys what a saved plan replaces before it asks an ephemeral gate",
  async (engine) => {
    const emulator = await startEmulator();
    const project = await gateProject(
      engine,
      emulator,
      gated(NO_FAILED_DUMP, "ephemeral").replaceAll("create_before_destroy = true", ""),
    );
    await project.succeed("apply", "-auto-approve");
    await project.succeed("plan", "-out=healthy.plan", "-var=release=two");
    failNewestDump(emulator);
    expect(await project.run("apply", "healthy.plan")).toMatchObject({ code: 1 });
    expect(deployed(project, "guarded")).toEqual(["one"]);
    expect(Object.keys(await project.state())).toEqual(["terraform_data.other"]);
    project.remove();
    await emulator.close();
  },
);
