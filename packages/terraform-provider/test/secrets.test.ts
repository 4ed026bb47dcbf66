import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { createProject, type Project } from "./project.ts";

jest.setTimeout(120_000);

const DATA = `
data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${sample.clusters.failedDump}"
}
data "auditgate_dds_audit_logs" "logs" {
  instance_id = "${sample.instances.healthy}"
  last        = "2d"
}
output "failed" {
  value = data.auditgate_dws_audit_dump_records.dumps.summary.failed
}
`;
const { auditor, temporary, totpUser, domain } = sample;

/** Ways to sign in: arguments of the provider, and the values among them that must not come out anywhere. */
const WAYS = {
  "an access key": {
    arguments: { access_key: auditor.accessKey, secret_key: auditor.secretKey },
    secrets: [auditor.accessKey, auditor.secretKey],
  },
  "a temporary key": {
    arguments: {
      access_key: temporary.accessKey,
      secret_key: temporary.secretKey,
      security_token: temporary.securityToken,
    },
    secrets: Object.values(temporary),
  },
  "a token": { arguments: { token: auditor.token }, secrets: [auditor.token] },
  "a password and a passcode": {
    arguments: {
      user_name: totpUser.name,
      password: totpUser.password,
      passcode: totpUser.passcode,
      domain_name: domain.name,
    },
    // Six digits may turn up by chance.
    secrets: [totpUser.password],
  },
} as const;

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => project.remove());
  afterAll(() => emulator.close());

  /** What is needed beside the credentials. */
  function environment(): NodeJS.ProcessEnv {
    const { AUDITGATE_ACCESS_KEY: _key, AUDITGATE_SECRET_KEY: _secret, ...others } = emulator.env;
    return { ...others, TF_LOG: "TRACE", TF_LOG_PATH: "trace.log" };
  }

  async function everyCommand(): Promise<string> {
    const outcomes = [
      await project.run("init", "-no-color"),
      await project.run("validate", "-json"),
      await project.run("plan", "-no-color", "-out=saved.plan"),
      await project.run("apply", "-no-color", "saved.plan"),
      await project.run("output", "-json"),
      await project.run("show", "-json"),
    ];
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual(outcomes.map(() => [0, ""]));
    return outcomes.map(({ stdout }) => stdout).join("");
  }

  test.each(Object.entries(WAYS))(
    "%s in the configuration is in no state, planned value, log or message",
    async (_, { arguments: values, secrets }) => {
      const lines = Object.entries(values).map(([name, value]) => `  ${name} = "${value}"`);
      project = createProject({
        engine,
        env: environment(),
        main: `provider "auditgate" {\n${lines.join("\n")}\n}\n${DATA}`,
      });
      const output = await everyCommand();
      const plan: { configuration?: unknown } = JSON.parse(
        await project.succeed("show", "-json", "saved.plan"),
      );
      // The engines show a configuration's literals there, and only there.
      delete plan.configuration;
      const places = {
        output,
        plan: JSON.stringify(plan),
        state: readFileSync(join(project.folder, "terraform.tfstate"), "utf8"),
        log: readFileSync(join(project.folder, "trace.log"), "utf8"),
      };
      expect(places.log).toContain("auditgate");
      for (const [place, text] of Object.entries(places)) {
        expect([place, secrets.filter((secret) => text.includes(secret))]).toEqual([place, []]);
      }
    },
  );

  test.each(Object.entries(WAYS))(
    "%s in the environment is in no file at all",
    async (_, { arguments: values, secrets }) => {
      const variables = Object.entries(values).map(([name, value]) => [
        `AUDITGATE_${name.toUpperCase()}`,
        value,
      ]);
      project = createProject({
        engine,
        env: { ...environment(), ...Object.fromEntries(variables) },
        main: DATA,
      });
      const output = await everyCommand();
      const plan = await project.succeed("show", "-json", "saved.plan");
      expect(secrets.filter((secret) => (output + plan).includes(secret))).toEqual([]);
      const files = readdirSync(project.folder, { recursive: true, encoding: "utf8" })
        .map((name) => join(project.folder, name))
        .filter((path) => statSync(path).isFile());
      expect(files.length).toBeGreaterThan(5);
      for (const path of files) {
        const bytes = readFileSync(path);
        expect([path, secrets.filter((secret) => bytes.includes(secret))]).toEqual([path, []]);
      }
    },
  );
});
