import * as z from "zod";
import type { Settings } from "./settings.types.ts";

/**
 * The settings every door has under the same names: Terraform provider arguments (snake_case), Pulumi config
 * keys (camelCase), environment variables. `AUDITGATE_<ARGUMENT>` comes before the vendors' variables listed here.
 */
export const settings: z.ZodType<Settings> = z.strictObject({
  cloud: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_CLOUD"] })
    .describe(
      "Base domain of the cloud, such as `myhuaweicloud.com` or `otc.t-systems.com`; known from the region if absent.",
    ),
  region: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_REGION_NAME", "OS_REGION_NAME", "OS_REGION"] })
    .describe("Region, such as `eu-de`; known from the project name if absent."),
  projectId: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_PROJECT_ID", "HUAWEICLOUD_SDK_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"] })
    .describe("ID of the project; looked up by its name if absent."),
  projectName: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"] })
    .describe("Name of the project; the region's own project if absent."),
  projectDomainName: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME"] })
    .describe("Name of the account (domain) that the project belongs to, if not the user's."),
  projectDomainId: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"] })
    .describe("ID of the account (domain) that the project belongs to, if not the user's."),
  accessKey: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true, env: ["HW_ACCESS_KEY", "HUAWEICLOUD_SDK_AK", "OS_ACCESS_KEY"] })
    .describe("Access key (AK)."),
  secretKey: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true, env: ["HW_SECRET_KEY", "HUAWEICLOUD_SDK_SK", "OS_SECRET_KEY"] })
    .describe("Secret key (SK) of the access key."),
  securityToken: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true, env: ["HW_SECURITY_TOKEN", "HUAWEICLOUD_SDK_SECURITY_TOKEN", "OS_SECURITY_TOKEN"] })
    .describe("Security token of a temporary access key."),
  token: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true, env: ["HW_AUTH_TOKEN", "OS_TOKEN", "OS_AUTH_TOKEN"] })
    .describe("IAM token, used instead of an access key."),
  userName: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_USER_NAME", "OS_USERNAME"] })
    .describe("Name of the IAM user that signs in with a password."),
  userId: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_USER_ID", "OS_USER_ID"] })
    .describe("ID of the IAM user that signs in with a password."),
  password: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true, env: ["HW_USER_PASSWORD", "OS_PASSWORD"] })
    .describe("Password of the IAM user."),
  passcode: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true, env: ["OS_PASSCODE"] })
    .describe("One-time passcode of the IAM user's second factor (TOTP)."),
  idpId: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HUAWEICLOUD_SDK_IDP_ID"] })
    .describe("ID of the identity provider in IAM whose token signs in, instead of a key or password."),
  idTokenFile: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HUAWEICLOUD_SDK_ID_TOKEN_FILE"] })
    .describe("Path of the file with the identity provider's token (OpenID Connect), read for every key."),
  domainName: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"] })
    .describe("Name of the account (domain) that the IAM user belongs to."),
  domainId: z
    .string()
    .min(1)
    .optional()
    .meta({
      env: ["HW_DOMAIN_ID", "HUAWEICLOUD_SDK_DOMAIN_ID", "OS_USER_DOMAIN_ID", "OS_DOMAIN_ID"],
    })
    .describe("ID of the account (domain) that the IAM user belongs to."),
  assumeRole: z
    .strictObject({
      agencyName: z
        .string()
        .min(1)
        .meta({ env: ["HW_ASSUME_ROLE_AGENCY_NAME", "OS_AGENCY_NAME"] })
        .describe("Name of the agency."),
      domainName: z
        .string()
        .min(1)
        .optional()
        .meta({ env: ["HW_ASSUME_ROLE_DOMAIN_NAME", "OS_AGENCY_DOMAIN_NAME"] })
        .describe("Name of the account (domain) that owns the agency."),
      domainId: z
        .string()
        .min(1)
        .optional()
        .meta({ env: ["HW_ASSUME_ROLE_DOMAIN_ID"] })
        .describe("ID of the account (domain) that owns the agency."),
      delegatedProject: z
        .string()
        .min(1)
        .optional()
        .meta({ env: ["OS_DELEGATED_PROJECT"] })
        .describe("Name of the project to work in as the agency, where it is not the user's own."),
      duration: z
        .int()
        .min(900)
        .max(86_400)
        .optional()
        .meta({ env: ["HW_ASSUME_ROLE_DURATION"] })
        .describe("How long the temporary credentials last [s], 900 to 86400."),
    })
    .optional()
    .describe("Agency (assumed role) whose temporary credentials are used."),
  authUrl: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_AUTH_URL", "OS_AUTH_URL"] })
    .describe("Endpoint of IAM, as `endpoints.iam`; a trailing `/v3` is accepted."),
  profile: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_PROFILE", "OS_CLOUD"] })
    .describe("Name of the profile in the shared configuration file, or of the cloud in `clouds.yaml`."),
  sharedConfigFile: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["HW_SHARED_CONFIG_FILE", "HUAWEICLOUD_SDK_CREDENTIALS_FILE"] })
    .describe("Path of the shared configuration file."),
  endpoints: z
    .strictObject({
      dws: z
        .string()
        .min(1)
        .optional()
        .meta({ env: ["AUDITGATE_DWS_ENDPOINT"] })
        .describe("Endpoint of DWS: scheme, host and port."),
      dds: z
        .string()
        .min(1)
        .optional()
        .meta({ env: ["AUDITGATE_DDS_ENDPOINT"] })
        .describe("Endpoint of DDS: scheme, host and port."),
      iam: z
        .string()
        .min(1)
        .optional()
        .meta({ env: ["AUDITGATE_IAM_ENDPOINT", "HUAWEICLOUD_SDK_IAM_ENDPOINT"] })
        .describe("Endpoint of IAM: scheme, host and port."),
    })
    .optional()
    .describe("Endpoints other than the region's own."),
  metadata: z
    .boolean()
    .optional()
    .meta({ env: [] })
    .describe(
      "Ask the metadata service of the machine (ECS) where no credentials are found; true if absent.",
    ),
  maxRetries: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .meta({ env: ["HW_MAX_RETRIES"] })
    .describe("How often a failed request is repeated; 2 if absent."),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .optional()
    .meta({ env: [] })
    .describe("How long one reading may take in all [s]; 300 if absent."),
  insecure: z
    .boolean()
    .optional()
    .meta({ env: ["HW_INSECURE", "OS_INSECURE"] })
    .describe("Accept any server certificate; warns."),
  cacertFile: z
    .string()
    .min(1)
    .optional()
    .meta({ env: ["OS_CACERT"] })
    .describe("Path of a PEM file with further certificate authorities."),
});
