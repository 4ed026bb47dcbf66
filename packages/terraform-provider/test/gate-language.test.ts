import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "@auditgate/emulator";
import { deployed, failNewestDump, gated, gateProject, NO_FAILED_DUMP, onlyError } from "./gate-project.ts";
import { diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  test("a gate holds back a whole module", async () => {
    project = await gateProject(engine, emulator, gated(NO_FAILED_DUMP));
    mkdirSync(join(project.folder, "service"));
    project.write("service/main.tf", `resource "terraform_data" "inside" {}`);
    project.write(
      "module.tf",
      `module "service" {\n  source = "./service"\n  depends_on = [data.auditgate_gate.gate]\n}`,
    );
    await project.succeed("init");
    failNewestDump(emulator);
    onlyError(await project.run("apply", "-auto-approve", "-json", "-target=module.service"));
    onlyError(await project.run("apply", "-auto-approve", "-json"));
    expect(await project.state()).toEqual({});
    await emulator.reset();
    await project.succeed("apply", "-auto-approve");
    expect(await project.succeed("state", "list")).toContain("module.service.terraform_data.inside");
  });

  test("a condition on an advisory gate stands in the way of neither -refresh-only nor destroy", async () => {
    const condition = `lifecycle {
      precondition {
        condition     = data.auditgate_gate.gate.passed
        error_message = join("\\n", data.auditgate_gate.gate.violations[*].message)
      }`;
    const main = gated(`enforcement = "advisory"\n${NO_FAILED_DUMP}`).replace("lifecycle {", condition);
    project = await gateProject(engine, emulator, main);
    await project.succeed("apply", "-auto-approve");
    failNewestDump(emulator);
    const { detail } = onlyError(await project.run("apply", "-auto-approve", "-json", "-var=release=two"));
    expect(detail).toMatch(/Expected at most 0 failed dumps, found 1 failed dump\./);
    expect(deployed(project, "guarded")).toEqual(["one"]);
    expect(await project.run("plan", "-refresh-only")).toMatchObject({ code: 0 });
    expect(await project.run("destroy", "-auto-approve")).toMatchObject({ code: 0 });
  });

  test("a gate inside of a check block is none: it only warns", async () => {
    const main = `check "audit" {
      data "auditgate_gate" "gate" {
        ${NO_FAILED_DUMP}
      }
      assert {
        condition     = data.auditgate_gate.gate.passed
        error_message = "The audit trail is not in order."
      }
    }`;
    project = await gateProject(engine, emulator, main);
    failNewestDump(emulator);
    const plan = await project.run("plan", "-json");
    expect(plan.code).toBe(0);
    expect(diagnosticsOf(plan)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: "warning", summary: "The gate is closed: 1 violation" }),
      ]),
    );
  });
});
