import { execFile } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { engines } from "../../../scripts/engines/locate.ts";
import { echoes, encodings, secretWith, SPECIALS, TRACES } from "../../../test/canaries/secret.ts";
import { type EchoingService, startEchoingService } from "../../../test/canaries/service.ts";
import { runOf } from "./gate-stack.ts";
import { programStack, type Scratch, scratch } from "./stack.ts";

jest.setTimeout(300_000);

/** How a secret gets to the program. */
interface Canary {
  readonly settings?: { readonly [key: string]: string };
  readonly env?: { readonly [name: string]: string };
  readonly files?: { readonly [name: string]: string };
  /** Whether IAM refuses to sign in, or the services what is asked of them. */
  readonly iamRefuses?: true;
}

const user = { userName: "u", domainName: "d" };
const assumeRole = JSON.stringify({ agencyName: "a", domainName: "d" });
const keys = { accessKey: "ak-other", secretKey: "sk-other" };
const iamRefuses = true;

/** Twelve kinds of secret: in the configuration, in the environment, in a file, and issued by a service. */
const CANARIES: { readonly [kind: string]: (secret: string, iam: string) => Canary } = {
  "access key": (secret) => ({ settings: { ...keys, accessKey: secret } }),
  "password of the environment": (secret) => ({
    env: { HW_USER_NAME: "u", HW_USER_PASSWORD: secret, HW_DOMAIN_NAME: "d" },
    iamRefuses,
  }),
  "issued token": () => ({ settings: { ...user, password: "pw-other" } }),
  "secret key": (secret) => ({ settings: { ...keys, secretKey: secret } }),
  "security token": (secret) => ({ settings: { ...keys, securityToken: secret } }),
  token: (secret) => ({ settings: { token: secret } }),
  password: (secret) => ({ settings: { ...user, password: secret }, iamRefuses }),
  passcode: (secret) => ({ settings: { ...user, password: "pw-other", passcode: secret }, iamRefuses }),
  "password for an agency": (secret) => ({
    settings: { ...user, password: secret, assumeRole },
    iamRefuses,
  }),
  "secret key of the environment": (secret) => ({
    env: { AUDITGATE_ACCESS_KEY: "ak-other", AUDITGATE_SECRET_KEY: secret },
  }),
  "password of clouds.yaml": (secret, iam) => {
    const person = { username: "u", password: secret, user_domain_name: "d", project_id: "p" };
    const canary = { auth: { auth_url: `${iam}/v3`, ...person }, region_name: "eu-de" };
    return {
      env: { OS_CLOUD: "canary" },
      files: { "clouds.yaml": JSON.stringify({ clouds: { canary } }) },
      iamRefuses,
    };
  },
  "temporary key of an agency": () => ({ settings: { ...keys, assumeRole } }),
};

// `npx pnpm@12 test canaries` tries all of them; three ways in stand for them.
const all = process.env["CANARIES"] === "all";
const tried = Object.keys(CANARIES).flatMap((kind, index) =>
  SPECIALS.map((special, at) => ({ kind, special, isOne: index < 3 && at === index })),
);

/** Every encoding in every place of an answer: what is said of each of so many clusters. */
const ways = Object.values(encodings).flatMap((encoded) =>
  Object.values(echoes).map((echo) => (secret: string) => echo(encoded(secret))),
);

/** Advisory gates, whose findings are in outputs, state and evidence; and readings that fail, if they are wanted. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { AuditGate, DwsParameterModificationRecords } from "@auditgate/pulumi-provider";
const ids = Array.from({ length: ${ways.length} }, (_, index) => String(index).padStart(12, "0"));
const gates = ids.map((id) => new AuditGate("gate-" + id, {
  enforcement: "advisory",
  dwsAuditDumpRecords: [{ clusterIds: ["a0d17a7e-c001-4000-8000-" + id], maxFailures: 0 }],
  evidenceFile: "evidence-" + id + ".jsonl",
  replaceEvidence: true,
}));
if (new pulumi.Config().get("readings")) {
  for (const id of ids) new DwsParameterModificationRecords(id, { clusterId: "a0d17a7e-c001-4000-8000-" + id });
}
export const violations = gates.map((gate) => gate.violations);
`;

let service: EchoingService;
let at: Scratch;
let stacks = 0;

beforeAll(async () => {
  service = await startEchoingService();
  at = scratch();
});
afterAll(async () => {
  await service.close();
  at.remove();
});

test.each(tried.filter(({ isOne }) => isOne || all))(
  "a service that says the $kind, with $special in it, gets it into nothing that Pulumi prints, logs or keeps",
  async ({ kind, special }) => {
    const secret = secretWith(special);
    const { settings = {}, env = {}, files = {}, ...canary } = CANARIES[kind]!(secret, service.url);
    let asked = 0;
    service.say({
      issued: secret,
      refusal: (path) =>
        (ways[Number(/clusters\/[-\w]*(\d{12})/.exec(path)?.[1] ?? asked++ % ways.length)] ?? ways[0])!(
          secret,
        ),
      requestId: secret,
      iamRefuses: canary.iamRefuses ?? false,
    });
    const name = `canary-${stacks++}`;
    const endpoints = JSON.stringify({ dws: service.url, dds: service.url, iam: service.url });
    const given = { region: "eu-de", projectId: "p", endpoints, ...settings };
    const stack = await programStack(at, {
      name,
      env: { AUDITGATE_MAX_RETRIES: "0", ...env },
      config: Object.fromEntries(
        Object.entries(given).map(([key, value]) => [`auditgate:${key}`, { value, secret: key in settings }]),
      ),
      files: { "index.mjs": program, ...files },
    });
    const events: string[] = [];
    const log = { onEvent: (event: object) => void events.push(JSON.stringify(event)), debug: true };
    const runs = [await runOf((on) => stack.preview({ ...on, ...log }))];
    runs.push(await runOf((on) => stack.up({ ...on, ...log })));
    await stack.setConfig("readings", { value: "true" });
    runs.push(await runOf((on) => stack.up({ ...on, ...log })));
    expect(runs.map(({ code, text }) => code > 0 && text.slice(-2000))).toEqual([
      false,
      false,
      expect.any(String),
    ]);
    const { workDir: cwd, envVars } = stack.workspace;
    const exported = await promisify(execFile)(engines().pulumi, ["stack", "export", "--stack", name], {
      cwd,
      env: { ...process.env, ...envVars },
      maxBuffer: 2 ** 26,
    });
    const kept = globSync([`project-${name}/*.jsonl`, "state/**/*", "home/**/*"], { cwd: at.folder })
      .map((file) => join(at.folder, file))
      .filter((file) => statSync(file).isFile());
    const places = {
      "what is printed": runs.map(({ text }) => text).join("\n"),
      "the event log": events.join("\n"),
      "the state": exported.stdout,
      "what is kept": kept.map((file) => readFileSync(file, "utf8")).join("\n"),
    };
    for (const [place, text] of Object.entries(places)) {
      expect([place, text]).toEqual([place, expect.stringMatching(/ERR_\w+/)]);
      const written = Object.values(encodings).map((encoded) => encoded(secret));
      expect([place, [...TRACES, ...written].filter((trace) => text.includes(trace))]).toEqual([place, []]);
    }
  },
);
