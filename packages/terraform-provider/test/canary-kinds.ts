import type { Project } from "./project.ts";

/** How a secret gets to the provider. */
export interface Canary {
  /** Body of the provider's block. */
  readonly configuration?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Files beside the configuration, by name; they hold the secret, and nothing else may. */
  readonly files?: Parameters<Project["write"]>[] | undefined;
  /** Whether IAM refuses to sign in, or the services what is asked of them. */
  readonly iamRefuses?: true;
}

const block = (args: { readonly [name: string]: string }): string =>
  Object.entries(args)
    .map(([name, value]) => `  ${name} = ${JSON.stringify(value)}\n`)
    .join("");
const user = { user_name: "u", domain_name: "d" };
const role = `  assume_role {\n${block({ agency_name: "a", domain_name: "d" })}  }\n`;
const AK = "ak-other";
const SK = "sk-other";

/** Twelve kinds of secret: in the configuration, in the environment, in a file, and issued by a service. */
export const CANARIES: { readonly [kind: string]: (secret: string, iam: string) => Canary } = {
  "access key": (secret) => ({ configuration: block({ access_key: secret, secret_key: SK }) }),
  "secret key": (secret) => ({ configuration: block({ access_key: AK, secret_key: secret }) }),
  "security token": (secret) => ({
    configuration: block({ access_key: AK, secret_key: SK, security_token: secret }),
  }),
  token: (secret) => ({ configuration: block({ token: secret }) }),
  password: (secret) => ({ configuration: block({ ...user, password: secret }), iamRefuses: true }),
  passcode: (secret) => ({
    configuration: block({ ...user, password: "pw-other", passcode: secret }),
    iamRefuses: true,
  }),
  "password for an agency": (secret) => ({
    configuration: block({ ...user, password: secret }) + role,
    iamRefuses: true,
  }),
  "password of the environment": (secret) => ({
    env: { HW_USER_NAME: "u", HW_USER_PASSWORD: secret, HW_DOMAIN_NAME: "d" },
    iamRefuses: true,
  }),
  "secret key of the environment": (secret) => ({
    env: { AUDITGATE_ACCESS_KEY: AK, AUDITGATE_SECRET_KEY: secret },
  }),
  "password of clouds.yaml": (secret, iam) => {
    const auth = {
      auth_url: `${iam}/v3`,
      username: "u",
      password: secret,
      user_domain_name: "d",
      project_id: "p",
    };
    return {
      env: { OS_CLOUD: "canary" },
      files: [["clouds.yaml", JSON.stringify({ clouds: { canary: { auth, region_name: "eu-de" } } })]],
      iamRefuses: true,
    };
  },
  "issued token": () => ({ configuration: block({ ...user, password: "pw-other" }) }),
  "temporary key of an agency": () => ({
    configuration: block({ access_key: AK, secret_key: SK }) + role,
  }),
};
