import type { EmulatorData } from "./data/data.ts";

/**
 * Variables that point an auditgate program at an emulator: its address for all three services, region and id of the
 * first project, and the first permanent key of that project's account.
 */
export function environment(url: string, data: EmulatorData): Record<string, string> {
  const project = data.projects[0];
  const key = data.accounts
    .find(({ id }) => id === project?.accountId)
    ?.users.flatMap(({ accessKeys }) => accessKeys ?? [])
    .find(({ securityToken }) => securityToken === undefined);
  return {
    AUDITGATE_DWS_ENDPOINT: url,
    AUDITGATE_DDS_ENDPOINT: url,
    AUDITGATE_IAM_ENDPOINT: url,
    AUDITGATE_REGION: data.region,
    ...(project === undefined ? {} : { AUDITGATE_PROJECT_ID: project.id }),
    ...(key === undefined ? {} : { AUDITGATE_ACCESS_KEY: key.access, AUDITGATE_SECRET_KEY: key.secret }),
  };
}
