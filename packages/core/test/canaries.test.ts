import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  type ClientOptions,
  createClient,
  evaluateGate,
  formatViolations,
  read,
  dwsAuditDumpRecords,
} from "@auditgate/core";
import { echoes, encodings, secretWith, SPECIALS, TRACES } from "../../../test/canaries/secret.ts";
import { type EchoingService, startEchoingService } from "../../../test/canaries/service.ts";

jest.setTimeout(120_000);

const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";

/** Twelve kinds of secret: what a client is given, and which of it a service may echo. */
const kinds: { readonly [kind: string]: (secret: string) => ClientOptions } = {
  "access key": (secret) => ({ credentials: { accessKey: secret, secretKey: "sk-other" } }),
  "secret key": (secret) => ({ credentials: { accessKey: "ak-other", secretKey: secret } }),
  "security token": (secret) => ({
    credentials: { accessKey: "ak-other", secretKey: "sk-other", securityToken: secret },
  }),
  token: (secret) => ({ credentials: { token: secret } }),
  "token of a function": (secret) => ({ credentials: () => ({ token: secret }) }),
  password: (secret) => ({ credentials: { userId: "u", password: secret } }),
  passcode: (secret) => ({ credentials: { userId: "u", password: "pw-other", passcode: secret } }),
  "password for an agency": (secret) => ({
    credentials: {
      userId: "u",
      password: secret,
      domainId: "d",
      assumeRole: { agencyName: "a", domainName: "d" },
    },
  }),
  "password of the environment": (secret) => ({ env: { HW_USER_ID: "u", HW_USER_PASSWORD: secret } }),
  "secret key of a setting": (secret) => ({ settings: { accessKey: "ak-other", secretKey: secret } }),
  "issued token": () => ({ credentials: { userId: "u", password: "pw-other" } }),
  "temporary key of an agency": () => ({
    credentials: {
      accessKey: "ak-other",
      secretKey: "sk-other",
      assumeRole: { agencyName: "a", domainName: "d" },
    },
  }),
};

let service: EchoingService;
let url: string;

beforeAll(async () => {
  service = await startEchoingService();
  url = service.url;
});

afterAll(() => service.close());

async function everythingSaid(options: ClientOptions): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-canaries-"));
  const seen: unknown[] = [];
  const logger = {
    debug: (...line: unknown[]) => seen.push(line),
    warn: (...line: unknown[]) => seen.push(line),
  };
  const warn = (warning: Error) => seen.push(warning);
  process.on("warning", warn);
  const client = createClient({
    region: "eu-de",
    projectId: "p",
    endpoints: { dws: url, dds: url, iam: url },
    env: {},
    ...options,
    logger,
  });
  try {
    seen.push(client, client.connection);
    seen.push(await Promise.allSettled([read(client, dwsAuditDumpRecords, { clusterId: CLUSTER })]));
    const verdict = await evaluateGate(
      client,
      { dwsAuditDumpRecords: [{ clusterIds: [CLUSTER], maxFailures: 0 }] },
      { evidenceFile: join(folder, "evidence.jsonl") },
    );
    seen.push(verdict, formatViolations(verdict));
    for (const file of readdirSync(folder)) seen.push(readFileSync(join(folder, file), "utf8"));
  } finally {
    await client.close();
    process.off("warning", warn);
    rmSync(folder, { recursive: true });
  }
  return seen
    .map((each) =>
      typeof each === "string" ? each : inspect(each, { depth: 20, showHidden: true, getters: true }),
    )
    .join("\n");
}

describe.each(Object.keys(kinds))("a service that says the %s", (kind) => {
  test.each(Object.keys(encodings))(
    "in the encoding %s gets it into nothing that anyone reads",
    async (encoding) => {
      for (const special of SPECIALS) {
        const secret = secretWith(special);
        const written = encodings[encoding]!(secret);
        for (const [name, echo] of Object.entries(echoes)) {
          service.say({
            issued: secret,
            refusal: () => echo(written),
            requestId: name === "message" ? secret : undefined,
            iamRefuses: kind.startsWith("pass"),
          });
          const text = await everythingSaid(kinds[kind]!(secret));
          expect(text).toContain("AuditError");
          for (const trace of [written, ...TRACES]) expect(text).not.toContain(trace);
        }
      }
    },
  );
});

test("five megabytes of an error code make no long message, and no lines", async () => {
  const said = {
    error_code: `DWS\n::error::${"x".repeat(5_000_000)}`,
    error_msg: "\r\n##vso[task.complete]",
  };
  service.say({ issued: "", refusal: () => said, iamRefuses: false });
  const client = createClient({
    projectId: "p",
    endpoints: { dws: url },
    env: {},
    credentials: { token: "token" },
  });
  const error: unknown = await read(client, dwsAuditDumpRecords, { clusterId: CLUSTER }).catch(
    (reason: unknown) => reason,
  );
  await client.close();
  expect(error).toMatchObject({ code: "ERR_ARGUMENT", vendorCode: undefined });
  const { message } = error as Error;
  expect(message.length).toBeLessThan(600);
  expect(message).not.toMatch(/[\r\n]|::error|##vso/);
});
