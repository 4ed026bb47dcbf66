import { canonicalRequest, signatureOf, stringToSign } from "./access/signing.ts";
import type { Emulator } from "./contract.ts";
import { sample } from "./sample/names.ts";

/** How a test's request differs from the auditor's signed one. */
export interface CallOptions {
  /** AK and SK. */
  key?: readonly [access: string, secret: string];
  date?: Date;
  /** Sent and signed. */
  signed?: Record<string, string>;
  /** Sent, but added after signing. */
  added?: Record<string, string>;
  method?: string;
  body?: string;
}

/** What came back. */
export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

/** Sends a signed request; signs with the emulator's own stages, which `signing.test.ts` checks against vectors. */
export async function call(emulator: Emulator, target: string, options: CallOptions = {}): Promise<Reply> {
  const { auditor } = sample;
  const {
    key = [auditor.accessKey, auditor.secretKey],
    date = new Date(),
    method = "GET",
    body = "",
  } = options;
  const sdkDate = `${date.toISOString().replaceAll(/[-:]/g, "").slice(0, 15)}Z`;
  const headers: Record<string, string> = {
    host: new URL(emulator.url).host,
    "x-sdk-date": sdkDate,
    ...options.signed,
  };
  const names = Object.keys(headers).sort();
  const canonical = canonicalRequest({ method, target, headers, body }, names);
  const signature = signatureOf(key[1], stringToSign(canonical, sdkDate));
  return send(emulator, target, {
    method,
    body,
    headers: {
      ...headers,
      ...options.added,
      authorization: `SDK-HMAC-SHA256 Access=${key[0]}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
    },
  });
}

/** Sends a request with the auditor's fixed token, or another one. */
export async function callWithToken(
  emulator: Emulator,
  target: string,
  token: string = sample.auditor.token,
): Promise<Reply> {
  return send(emulator, target, { headers: { "x-auth-token": token } });
}

/** Sends JSON without any credentials. */
export async function sendJson(
  emulator: Emulator,
  method: string,
  target: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return send(emulator, target, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function send(
  emulator: Emulator,
  target: string,
  { body, headers, method = "GET" }: { body?: string; headers: Record<string, string>; method?: string },
): Promise<Reply> {
  const { host: _, ...sent } = headers;
  const response = await fetch(`${emulator.url}${target}`, {
    method,
    headers: sent,
    redirect: "manual",
    ...(body ? { body } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): Reply["body"] {
  try {
    return JSON.parse(text) as Reply["body"];
  } catch {
    return {} as Reply["body"];
  }
}

/** Path of the dump query. */
export function dumpsPath(clusterId: string, projectId: string = sample.project.id): string {
  return `/v1.0/${projectId}/clusters/${clusterId}/audit-log-records`;
}

/** Path of the parameter query. */
export function changesPath(clusterId: string, query = "", projectId: string = sample.project.id): string {
  return `/v1/${projectId}/clusters/${clusterId}/configurations/audit-records${query}`;
}

/** Path of the DDS query; the parameters are encoded here. */
export function logsPath(
  instanceId: string,
  query: Record<string, string>,
  projectId: string = sample.project.id,
): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `/v3/${projectId}/instances/${instanceId}/auditlog?${pairs.join("&")}`;
}
