import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { createProject, type Project } from "./project.ts";

jest.setTimeout(120_000);

const MAIN = `
ephemeral "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${sample.clusters.healthy}"
  lifecycle {
    postcondition {
      condition     = self.complete && self.summary.failed == 0
      # Engines hide a message that has ephemeral values in it.
      error_message = "A dump failed."
    }
  }
}
ephemeral "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = "${sample.clusters.busy}"
  lifecycle {
    postcondition {
      condition     = length(self.records) == 2600 && self.records[0].id != null
      error_message = "Changes are missing."
    }
  }
}
ephemeral "auditgate_dds_audit_logs" "logs" {
  instance_id = "${sample.instances.healthy}"
  last        = "40d"
  lifecycle {
    postcondition {
      condition     = timecmp(self.window.start_time, self.window.end_time) < 0 && self.region == "${sample.region}"
      error_message = "The window is wrong."
    }
  }
}
resource "terraform_data" "deployment" {
  input      = "v1"
  depends_on = [ephemeral.auditgate_dws_audit_dump_records.dumps]
}
`;

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = createProject({ engine, env: emulator.env, main: MAIN });
    await project.succeed("init");
  });
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  test("what an ephemeral resource reads can be checked, and is in neither plan nor state", async () => {
    await project.succeed("plan", "-out=healthy.plan");
    // Not as JSON: on a checked ephemeral resource Terraform 1.11.4 crashes there ("unsupported resource mode 69").
    const plan = await project.succeed("show", "-no-color", "healthy.plan");
    await project.succeed("apply", "-auto-approve");
    const state = readFileSync(join(project.folder, "terraform.tfstate"), "utf8");
    expect(state).toContain("terraform_data");
    for (const text of [state, plan]) {
      expect(text).not.toContain("audit-archive");
      expect(text).not.toContain("_audit_log_");
    }
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  test("unlike a data source, it stops a plan that was saved while all was well", async () => {
    project.write(
      "more.tf",
      `resource "terraform_data" "late" {\n  depends_on = [ephemeral.auditgate_dws_audit_dump_records.dumps]\n}\n`,
    );
    await project.succeed("plan", "-out=late.plan");
    emulator.update((data) => {
      const cluster = data.clusters.find(({ id }) => id === sample.clusters.healthy);
      if (Array.isArray(cluster?.dumps))
        for (const dump of cluster.dumps.slice(0, 2)) dump.failed_reason = "no space";
    });
    const { code, stderr } = await project.run("apply", "-no-color", "late.plan");
    expect(code).toBe(1);
    expect(stderr).toContain("A dump failed.");
    expect(await project.succeed("state", "list")).not.toContain("late");
    await emulator.reset();
  });

  test("an ephemeral resource that cannot be read is one error", async () => {
    emulator.inject({ on: "dumps", status: 403 });
    const { code, stderr } = await project.run("plan", "-no-color");
    expect(code).toBe(1);
    expect(stderr.match(/Error: /g)).toHaveLength(1);
    expect(stderr).toContain("Error: Not allowed to read the audit data");
    await emulator.clearFaults();
  });
});
