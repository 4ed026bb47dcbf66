import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createCertificate } from "../src/protocol/certificate.ts";

/** A provider registry on this machine, as far as engines ask one. */
export interface Registry {
  /** Host and port, for a source address. */
  readonly host: string;
  /** PEM, for an engine to trust. */
  readonly certificate: string;
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** Folder with the files of one release. */
  readonly release: string;
  /** Armoured public key that the release is said to be signed with. */
  readonly publicKey: string;
}

/**
 * Serves a release the way a public registry does: it knows of the provider only what the files say.
 *
 * @see https://developer.hashicorp.com/terraform/internals/provider-registry-protocol
 */
export async function startRegistry({ release, publicKey }: RegistryOptions): Promise<Registry> {
  const { key, certificate } = createCertificate();
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const answer = answerTo(request.url ?? "", release, publicKey);
    response.statusCode = answer === undefined ? 404 : 200;
    response.setHeader(
      "content-type",
      answer instanceof Uint8Array ? "application/octet-stream" : "application/json",
    );
    response.end(answer instanceof Uint8Array ? answer : JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    certificate,
    close: () => close(server),
  };
}

function answerTo(url: string, release: string, publicKey: string): object | undefined {
  const files = readdirSync(release);
  const one = (end: string) => files.find((name) => name.endsWith(end)) ?? "";
  const read = (name: string) => readFileSync(join(release, name));
  const { metadata }: { metadata: { protocol_versions: string[] } } = JSON.parse(
    read(one("_manifest.json")).toString(),
  );
  const zips = files.flatMap((name) => {
    const [, version, os, arch] = /_([^_]+)_([^_]+)_([^_]+)\.zip$/.exec(name) ?? [];
    return version && os && arch ? [{ name, version, os, arch }] : [];
  });
  const protocols = metadata.protocol_versions;
  if (url === "/.well-known/terraform.json") return { "providers.v1": "/v1/providers/" };
  if (url === "/v1/providers/auditgate/auditgate/versions")
    return { versions: [{ version: zips[0]?.version, protocols, platforms: zips }] };
  const [, os, arch] = /\/download\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
  const zip = zips.find((each) => each.os === os && each.arch === arch);
  if (zip)
    return {
      protocols,
      os,
      arch,
      filename: zip.name,
      download_url: `/files/${zip.name}`,
      shasums_url: `/files/${one("_SHA256SUMS")}`,
      shasums_signature_url: `/files/${one("_SHA256SUMS.sig")}`,
      shasum: new RegExp(`^([0-9a-f]{64})  ${zip.name}$`, "m").exec(read(one("_SHA256SUMS")).toString())?.[1],
      signing_keys: { gpg_public_keys: [{ key_id: "", ascii_armor: publicKey }] },
    };
  const file = files.find((name) => url === `/files/${name}`);
  return file === undefined ? undefined : read(file);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}
