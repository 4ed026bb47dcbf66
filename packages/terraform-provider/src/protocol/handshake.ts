import { type Address, networkOf } from "./address.ts";

/** What the environment says about who started this process. */
export type Invitation =
  /** A person, or a program that is not an engine. */
  | { readonly kind: "none" }
  /** An engine that does not offer protocol 6. */
  | { readonly kind: "unsupported"; readonly offered: string }
  | {
      readonly kind: "engine";
      /** PEM of the certificate that the engine will connect with; absent where it wants no TLS. */
      readonly clientCertificate: string | undefined;
      /** True where the engine expects to be told whether we can share one connection: we need not. */
      readonly asksForMultiplexing: boolean;
    };

/** The protocol this provider speaks: of Terraform since 1.0 and of OpenTofu. */
export const PROTOCOL = 6;

// Terraform and OpenTofu set this so that plugins can tell them from a person at a shell. It is no secret.
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** @see https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md */
export function readInvitation(env: NodeJS.ProcessEnv): Invitation {
  if (env["TF_PLUGIN_MAGIC_COOKIE"] !== COOKIE) return { kind: "none" };
  const offered = env["PLUGIN_PROTOCOL_VERSIONS"] ?? "";
  if (!offered.split(",").includes(String(PROTOCOL))) return { kind: "unsupported", offered };
  return {
    kind: "engine",
    clientCertificate: env["PLUGIN_CLIENT_CERT"] || undefined,
    asksForMultiplexing: Boolean(env["PLUGIN_MULTIPLEX_GRPC"]),
  };
}

/**
 * The one line that an engine reads from stdout: version of the handshake, of the protocol, where to connect.
 *
 * @param certificate - DER of our certificate, where the engine asked for TLS.
 */
export function handshakeLine(
  address: Address,
  certificate: Buffer | undefined,
  asksForMultiplexing: boolean,
): string {
  // Without padding: Go reads this as raw standard base64.
  const encoded = certificate?.toString("base64").replaceAll("=", "") ?? "";
  const parts = ["1", PROTOCOL, networkOf(address), address, "grpc", encoded];
  return `${[...parts, ...(asksForMultiplexing ? [false] : [])].join("|")}\n`;
}

/** What to put before a command so that engines use a provider that is already running. */
export function reattachVariable(sources: readonly string[], address: Address, pid: number): string {
  const provider = {
    Protocol: "grpc",
    ProtocolVersion: PROTOCOL,
    Pid: pid,
    Test: true,
    Addr: { Network: networkOf(address), String: address },
  };
  return `TF_REATTACH_PROVIDERS='${JSON.stringify(Object.fromEntries(sources.map((source) => [source, provider])))}'`;
}
