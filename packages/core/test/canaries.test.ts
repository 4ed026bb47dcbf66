import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
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

jest.setTimeout(120_000);

const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";
const SPECIALS = ["&", "'", '"', ",", ";", "%", " "];
/** Said by every secret, whatever special characters it has. */
const MARK = "d41d8cd98f00";

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const encodings: { readonly [name: string]: (secret: string) => string } = {
  plain: (secret) => secret,
  JSON: json,
  "JSON in JSON": (secret) => json(json(secret)),
  percent: encodeURIComponent,
  form: (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  base64: (secret) => Buffer.from(secret).toString("base64"),
  base64url: (secret) => Buffer.from(secret).toString("base64url"),
};

/** How a secret stands in what a service says, and where. */
const echoes: { readonly [name: string]: (secret: string) => object } = {
  message: (secret) => ({ error_code: "DWS.0001", error_msg: `The value ${secret} is refused.` }),
  header: (secret) => ({
    error_code: "APIGW.0301",
    error_msg: `X-Auth-Token ${secret}, Authorization: Bearer ${secret}`,
  }),
  list: (secret) => ({ error_code: "APIGW.0301", error_msg: `["x-security-token","${secret}"]` }),
  code: (secret) => ({ error_code: secret, error_msg: "The request is refused." }),
  externalMessage: (secret) => ({ errCode: "X.1", externalMessage: `{"password":"${secret}"}` }),
  nested: (secret) => ({ error: { code: 400, message: `secret=${secret}&x=1` } }),
};

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

let server: Server;
let url: string;
let secret = "";
let said: object = {};
let asId = false;
/** Whether IAM itself refuses, or the query. */
let iamRefuses = false;

beforeAll(async () => {
  server = createServer(({ url: path = "" }, response) => {
    const isIam = path.startsWith("/v3");
    if (isIam && !iamRefuses) return void response.writeHead(201, issued()).end(ISSUED());
    const echo = JSON.stringify(said);
    if (asId) response.setHeader("x-request-id", Buffer.from(secret, "utf8").toString("latin1"));
    response.writeHead(400).end(echo);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

// A header can hold no quotes at its ends and no line breaks, but all that is tried here.
const issued = () => ({ "x-subject-token": secret });
const ISSUED = () =>
  JSON.stringify({
    token: { expires_at: "2099-01-01T00:00:00.000000Z", project: { id: "p" } },
    credential: {
      access: "ak",
      secret,
      securitytoken: `${secret}-st`,
      expires_at: "2099-01-01T00:00:00.000000Z",
    },
  });

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
        secret = `${MARK}${special}b204${special}${MARK}`;
        const written = encodings[encoding]!(secret);
        for (const [name, echo] of Object.entries(echoes)) {
          said = echo(written);
          asId = name === "message";
          iamRefuses = kind.startsWith("pass");
          const text = await everythingSaid(kinds[kind]!(secret));
          expect(text).toContain("AuditError");
          expect(text).not.toContain(MARK);
          expect(text).not.toContain(written);
          // The middle of a base64 text, that stays where only its ends were cut.
          expect(text).not.toContain(Buffer.from(MARK).toString("base64").slice(0, 12));
        }
      }
    },
  );
});

test("five megabytes of an error code make no long message, and no lines", async () => {
  said = { error_code: `DWS\n::error::${"x".repeat(5_000_000)}`, error_msg: "\r\n##vso[task.complete]" };
  asId = false;
  iamRefuses = false;
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
