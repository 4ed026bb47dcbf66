import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as automation from "@pulumi/pulumi/automation/index.js";
import { engineSet } from "../../../scripts/engines/catalogue.ts";
import { engines } from "../../../scripts/engines/locate.ts";
import { packageFolder } from "./package.ts";

type Env = { readonly [name: string]: string };

/** A scratch folder with a state backend and a Pulumi home of its own; nothing outside it is read or written. */
export interface Scratch {
  readonly folder: string;
  /** For the CLI: nothing of this machine's Pulumi, and no questions asked. */
  readonly env: Env;
  remove(): void;
}

/** What an operation that fails ends with: 255 from Pulumi 3.200, which ends with -1. */
export const FAILED = engineSet() === "oldest" ? 255 : 1;

/** Variables that would reach the provider from the machine the tests run on. */
const CREDENTIALS = /^(?:AUDITGATE|HW|OS|HUAWEICLOUD)_/;

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-pulumi-"));
  for (const name of ["home", "state"]) mkdirSync(join(folder, name));
  return {
    folder,
    env: {
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "scratch",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...Object.fromEntries(
        Object.keys(process.env)
          .filter((name) => CREDENTIALS.test(name))
          .map((name) => [name, ""]),
      ),
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** A folder in which this package is installed, as `npm install` of a link does it. */
export function projectFolder(at: Scratch, name = "project"): string {
  const folder = join(at.folder, name);
  if (existsSync(folder)) return folder;
  for (const [name, target] of [
    ["@pulumi/pulumi", join(packageFolder, "node_modules/@pulumi/pulumi")],
    ["@auditgate/pulumi-provider", packageFolder],
  ] as const) {
    const link = join(folder, "node_modules", name);
    mkdirSync(join(link, ".."), { recursive: true });
    symlinkSync(target, link);
  }
  return folder;
}

/** What every stack can be given. */
export interface StackOptions {
  readonly config?: automation.ConfigMap;
  readonly env?: Env;
  /** Name of the stack, where one scratch folder has several. */
  readonly name?: string;
}

/** A stack whose program runs in this process, through the Automation API and the real CLI. */
export async function inlineStack(
  at: Scratch,
  options: StackOptions & { readonly program: automation.PulumiFn },
): Promise<automation.Stack> {
  const { program, name = "dev" } = options;
  const project = { stackName: name, projectName: "test", program };
  const stack = await automation.LocalWorkspace.createOrSelectStack(project, {
    ...(await workspaceOptions(at, options)),
    workDir: projectFolder(at),
    projectSettings: {
      name: "test",
      runtime: "nodejs",
      backend: { url: at.env["PULUMI_BACKEND_URL"] ?? "" },
    },
  });
  await stack.setAllConfig({ ...options.config });
  return stack;
}

/** A stack whose program is files on disk, run by the CLI's own language host. */
export async function programStack(
  at: Scratch,
  options: StackOptions & { readonly files: { readonly [name: string]: string } },
): Promise<automation.Stack> {
  const { files, name = "dev" } = options;
  const folder = projectFolder(at, `project-${name}`);
  const [main] = Object.keys(files);
  const manifest = JSON.stringify({ type: main?.endsWith(".mjs") ? "module" : "commonjs" });
  const settings = `name: test\nmain: ${main}\nruntime: nodejs\n`;
  for (const [file, text] of Object.entries({
    "Pulumi.yaml": settings,
    "package.json": manifest,
    ...files,
  })) {
    writeFileSync(join(folder, file), text);
  }
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir: folder },
    await workspaceOptions(at, options),
  );
  await stack.setAllConfig({ ...options.config });
  return stack;
}

/** What every workspace is made with. */
export async function workspaceOptions(at: Scratch, { env = {} }: StackOptions) {
  return {
    pulumiCommand: await automation.PulumiCommand.get({ root: engines().pulumiRoot }),
    pulumiHome: join(at.folder, "home"),
    envVars: { ...at.env, ...env },
  };
}
