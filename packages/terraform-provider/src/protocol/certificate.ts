import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  readonly der: Buffer;
}

const DAY = 86_400_000;

/**
 * A certificate for one run of the process, by which engine and provider know each other (go-plugin's AutoMTLS).
 *
 * Self-signed for `localhost`, ECDSA P-256, in memory only. DER by hand, as the smallest library that can do this
 * adds half as much again to each launch, and one plan launches a provider three times.
 *
 * @param now - Milliseconds since 1970-01-01 UTC.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function createCertificate(now: number = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(oid("2a8648ce3d040302")); // ecdsa-with-SHA256
  const name = sequence(element(0x31, sequence(oid("550403"), text(0x0c, "localhost")))); // commonName
  const certified = sequence(
    element(0xa0, hex("020102")), // version 3
    element(0x02, serialNumber()),
    algorithm,
    name,
    sequence(time(now - DAY), time(now + 365 * DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(
      0xa3,
      sequence(
        criticalExtension("551d0f", hex("030202ac")), // keyUsage: digitalSignature, keyEncipherment, keyAgreement, keyCertSign
        extension("551d25", sequence(oid("2b06010505070301"), oid("2b06010505070302"))), // extKeyUsage: server, client
        criticalExtension("551d13", sequence(hex("0101ff"))), // basicConstraints: CA
        extension("551d11", sequence(text(0x82, "localhost"))), // subjectAltName
      ),
    ),
  );
  const signature = Buffer.concat([Buffer.of(0), sign("sha256", certified, privateKey)]);
  const der = sequence(certified, algorithm, element(0x03, signature));
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), certificate: pem(der), der };
}

/** One DER element: tag, length, content. */
function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), body]);
}

function sequence(...content: readonly Uint8Array[]): Buffer {
  return element(0x30, ...content);
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, "hex");
}

function oid(digits: string): Buffer {
  return element(0x06, hex(digits));
}

function text(tag: number, value: string): Buffer {
  return element(tag, Buffer.from(value));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), element(0x04, value));
}

function criticalExtension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), hex("0101ff"), element(0x04, value));
}

// Two digits of year up to 2049, then four (RFC 5280 section 4.1.2.5).
function time(instant: number): Buffer {
  const digits = `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
  return digits < "2050" ? text(0x17, digits.slice(2)) : text(0x18, digits);
}

// A positive integer in its shortest form: the first byte is neither zero nor negative.
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes;
}

// Lines of at most 64 characters; an empty line, as careless splitting makes where the length is a multiple of 64,
// is refused by readers.
function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
