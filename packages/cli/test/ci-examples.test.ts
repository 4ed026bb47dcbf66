import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { parse } from "yaml";

jest.setTimeout(120_000);

interface Job {
  readonly steps: readonly { readonly run?: string }[];
}

const examples = resolve("examples/ci");
const document = <T>(name: string) => parse(readFileSync(join(examples, name), "utf8")) as T;

let emulator: Emulator;
let github: Server;
let folder: string;
const audiences: (string | null)[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.update((data) => {
    // The job may see one project, which is in order.
    const healthy: readonly string[] = [sample.clusters.healthy];
    data.clusters = data.clusters.filter(({ id }) => healthy.includes(id));
    data.accounts[0]!.identityProviders = ["github", "gitlab"].map((id) => ({
      id,
      issuer: `https://${id}.example`,
      audience: "auditgate",
      user: sample.auditor.name,
    }));
  });
  // What GitHub offers to a job that may ask for its token.
  github = createServer(({ url = "", headers }, response) => {
    const { searchParams } = new URL(url, "http://github");
    audiences.push(searchParams.get("audience"));
    if (headers.authorization !== "bearer job") return void response.writeHead(401).end("{}");
    const audience = searchParams.get("audience") ?? "";
    response.end(JSON.stringify({ value: emulator.issueIdToken({ provider: "github", audience }) }));
  });
  await new Promise<void>((ready) => github.listen(0, "127.0.0.1", ready));
  folder = mkdtempSync(join(tmpdir(), "auditgate-ci-"));
  copyFileSync(join(examples, "policy.yaml"), join(folder, "policy.yaml"));
  // The command line as it is built, in place of the one that npx would fetch.
  const npx = join(folder, "npx");
  writeFileSync(
    npx,
    `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${resolve("packages/cli/dist/main.cjs")}" "$@"\n`,
  );
  chmodSync(npx, 0o755);
});

afterAll(async () => {
  github.close();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const way = () => ({
  AUDITGATE_DWS_ENDPOINT: emulator.url,
  AUDITGATE_DDS_ENDPOINT: emulator.url,
  AUDITGATE_IAM_ENDPOINT: emulator.url,
  HOME: folder,
  PATH: [folder, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
});

async function runAll(scripts: readonly string[], env: { readonly [name: string]: string }): Promise<string> {
  const file = join(folder, "id-token");
  let said = "";
  for (const script of scripts) {
    const { stdout } = await promisify(execFile)("bash", ["-e", "-o", "pipefail", "-c", script], {
      cwd: folder,
      env: { ...env, ...way(), HUAWEICLOUD_SDK_ID_TOKEN_FILE: file },
    });
    said += stdout;
  }
  return said;
}

test("the job of GitHub Actions judges with the token that GitHub issues for it", async () => {
  const { env, jobs } = document<{
    readonly env: { readonly [name: string]: string };
    readonly jobs: { readonly gate: Job };
  }>("github-actions.yml");
  const scripts = jobs.gate.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  const said = await runAll(scripts, {
    ...env,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "job",
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}/token?job=1`,
  });
  expect(audiences).toEqual(["auditgate"]);
  expect(said).toContain("The gate has passed");
  expect(said).toContain("signed in by HUAWEICLOUD_SDK_ID_TOKEN_FILE");
});

test("the job of GitLab judges with the token that GitLab issues for it", async () => {
  const { gate } = document<{
    readonly gate: {
      readonly id_tokens: { readonly AUDIT_ID_TOKEN: { readonly aud: string } };
      readonly variables: { readonly [name: string]: string };
      readonly script: readonly string[];
    };
  }>("gitlab-ci.yml");
  const { aud: audience } = gate.id_tokens.AUDIT_ID_TOKEN;
  const token = emulator.issueIdToken({ provider: "gitlab", audience });
  const said = await runAll(gate.script, { ...gate.variables, AUDIT_ID_TOKEN: token });
  expect(said).toContain("The gate has passed");
  expect(emulator.requests.map(({ path }) => path)).toContain("/v3.0/OS-AUTH/id-token/tokens");
});

test.each(["github-actions.yml", "gitlab-ci.yml"])("the page on credentials shows %s as it is", (name) => {
  const page = readFileSync(resolve("docs/credentials.md"), "utf8");
  expect(page).toContain(`\`\`\`yaml\n${readFileSync(join(examples, name), "utf8")}\`\`\``);
});
