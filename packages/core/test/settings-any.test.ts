import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuditError, createClient, describeSettings } from "@auditgate/core";
import * as fc from "fast-check";

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "auditgate-any-"));
  mkdirSync(join(home, ".hcloud"));
  mkdirSync(join(home, ".huaweicloud"));
  mkdirSync(join(home, ".config", "openstack"), { recursive: true });
});

afterAll(() => rmSync(home, { recursive: true }));

const CANARY = "CANARYd41d8";
const secrets = [
  "ACCESS_KEY",
  "SECRET_KEY",
  "SECURITY_TOKEN",
  "PASSWORD",
  "TOKEN",
  "USER_PASSWORD",
  "PASSCODE",
];
const others = [
  "REGION_NAME",
  "REGION",
  "PROJECT_ID",
  "PROJECT_NAME",
  "USERNAME",
  "USER_NAME",
  "USER_ID",
  "DOMAIN_NAME",
  "PROFILE",
  "CLOUD",
  "MAX_RETRIES",
  "INSECURE",
  "TIMEOUT_SECONDS",
  "ASSUME_ROLE_AGENCY_NAME",
  "AUTH_URL",
  "CACERT",
  "IDP_ID",
  "ID_TOKEN_FILE",
  "METADATA",
  "IAM_ENDPOINT",
];
/** Of no family that has them all. */
const alone = [
  "HC_CONTAINER_CREDENTIALS_FULL_URI",
  "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "OS_CLIENT_CONFIG_FILE",
  "OS_CLIENT_SECURE_FILE",
  "XDG_CONFIG_HOME",
];
const prefixes = ["AUDITGATE_", "HW_", "HUAWEICLOUD_SDK_", "OS_"];

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom("", " ", "p", "eu-de", "1", "no", "https://x", "~", "\u0000"),
);
const secret = text.map((part) => `${CANARY}${part}`);
const variables = fc.dictionary(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...prefixes), fc.constantFrom(...others))
        .map((parts) => parts.join("")),
    },
    { weight: 1, arbitrary: fc.constantFrom(...alone) },
  ),
  text,
);
const hidden = fc.dictionary(
  fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...secrets)).map((parts) => parts.join("")),
  secret,
);
const key = fc.constantFrom(
  "auth",
  "password",
  "username",
  "regions",
  "region_name",
  "verify",
  "profile",
  "ak",
  "sk",
  "auth_url",
  "__proto__",
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constant(null),
    fc.boolean(),
    fc.array(tie("tree"), { maxLength: 2 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 3 }),
  ),
}));
const file = fc.oneof(
  tree.map((cloud) =>
    JSON.stringify({ clouds: { p: cloud }, current: "p", profiles: [cloud, { name: "p" }] }),
  ),
  fc.string({ maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "[p]",
        "[basic]",
        `sk = ${CANARY}`,
        "ak: 1",
        " x",
        "=",
        "a: !b",
        "- *a",
        "clouds:",
        "  p:",
      ),
      { maxLength: 6 },
    )
    .map((lines) => lines.join("\n")),
);

test("no environment and no file makes core throw anything but an AuditError, or tell a secret", async () => {
  await fc.assert(
    fc.asyncProperty(variables, hidden, file, file, file, async (env, kept, clouds, hcloud, ini) => {
      writeFileSync(join(home, ".config", "openstack", "clouds.yaml"), clouds);
      writeFileSync(join(home, ".hcloud", "config.json"), hcloud);
      writeFileSync(join(home, ".huaweicloud", "credentials"), ini);
      let said: unknown;
      try {
        await using client = createClient({ env: { ...env, ...kept, HOME: home } });
        said = await describeSettings(client);
      } catch (error) {
        if (!AuditError.is(error)) throw error;
        said = [error.message, String(error.cause)];
      }
      expect(JSON.stringify(said)).not.toContain(CANARY);
    }),
    // Each writes three files; PROPERTY_RUNS=10000 takes two minutes.
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 1000) },
  );
}, 600_000);
