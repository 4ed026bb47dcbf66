/**
 * `pnpm check pages`: HashiCorp's own validator over the provider's pages and the schema that Terraform is told.
 *
 * Builds the packages, has Terraform ask the provider for its schema, and provides the validator: from the cache of the
 * engines, else its official release, else its Go module.
 */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { succeed } from "../command.ts";
import { engineNamed } from "../engines/catalogue.ts";
import { ChecksumError, download } from "../engines/download.ts";
import { goBuild } from "../engines/go-build.ts";
import { cacheFolder } from "../engines/locate.ts";
import { withLock } from "../engines/lock.ts";
import { engineSteps } from "../engines/steps.ts";
import { provide } from "../engines/provide.ts";
import { type Report, runSteps } from "../progress.ts";

const VALIDATOR = "tfplugindocs";
const VERSION = "0.25.0";
const RELEASE = {
  folder: `https://github.com/hashicorp/terraform-plugin-docs/releases/download/v${VERSION}`,
  archive: `${VALIDATOR}_${VERSION}_${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}.zip`,
  checksums: `${VALIDATOR}_${VERSION}_SHA256SUMS`,
};
const MODULE = {
  folder: VALIDATOR,
  package: "github.com/hashicorp/terraform-plugin-docs/cmd/tfplugindocs",
};

const scratch = mkdtempSync(join(tmpdir(), "auditgate-pages-"));
const schema = join(scratch, "schema.json");
const terraform = engineNamed("terraform");

try {
  await runSteps([
    ...buildSteps(),
    ...engineSteps([terraform]),
    { title: "the provider's schema", run: writeSchema },
    { title: `${VALIDATOR} ${VERSION}`, run: validate },
  ]);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** What `terraform providers schema -json` says, under the name that the validator looks for. */
async function writeSchema(report: Report): Promise<void> {
  const { path } = await provide(terraform, report);
  writeFileSync(
    join(scratch, "main.tf"),
    'terraform {\n  required_providers {\n    auditgate = { source = "auditgate/auditgate" }\n  }\n}\n',
  );
  const options = { cwd: scratch, env: { ...process.env, TERRAFORM_BINARY_NAME: path } };
  const install = join(root, "packages/terraform-provider/dist/command.cjs");
  await succeed(process.execPath, [install, "install", "--engine", "terraform"], options);
  await succeed(path, ["init", "-no-color"], options);
  const said = await succeed(path, ["providers", "schema", "-json"], options);
  const { provider_schemas: schemas, ...rest } = JSON.parse(said) as {
    readonly provider_schemas: { readonly [source: string]: unknown };
  };
  const named = { "registry.terraform.io/hashicorp/auditgate": Object.values(schemas)[0] };
  writeFileSync(schema, JSON.stringify({ ...rest, provider_schemas: named }));
}

async function validate(report: Report): Promise<string> {
  const validator = await withLock(
    cacheFolder(),
    () => provideValidator(report),
    () => report("waiting for another process that is at it"),
  );
  report("validating");
  const given = ["--provider-dir", root, "--provider-name", "auditgate", "--providers-schema", schema];
  await succeed(validator, ["validate", ...given], { cwd: scratch }).catch((error: Error) => {
    const lines = error.message.split("\n").filter((line) => !/\[DEBUG\]|^running /.test(line));
    throw new Error(lines.join("\n"));
  });
  const pages = readFileSync(schema, "utf8").match(/"auditgate_\w+":\{"version"/g) ?? [];
  return `${pages.length} pages fit the schema`;
}

async function provideValidator(report: Report): Promise<string> {
  const home = join(cacheFolder(), `${VALIDATOR}-${VERSION}`);
  const place = join(home, VALIDATOR);
  if (existsSync(place)) return place;
  const draft = `${home}.${process.pid}`;
  try {
    await download(RELEASE, [VALIDATOR], draft, report).catch(async (error: unknown) => {
      if (error instanceof ChecksumError) throw error;
      await goBuild(MODULE, join(root, "tools"), join(draft, VALIDATOR), report);
    });
    renameSync(draft, home);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}
