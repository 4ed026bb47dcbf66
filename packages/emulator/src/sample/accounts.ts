import type { Account, Permission, Project } from "../data/data.ts";
import { sample } from "./names.ts";

/** What somebody needs who reads audit trails and lists what has one. */
const auditing: readonly Permission[] = [
  "dws:cluster:list",
  "dws:cluster:listAuditLog",
  "dds:instance:listAll",
  "dds:instance:listAuditLog",
  "iam:projects:listProjects",
];

/** Two accounts: the one that owns the audit data, and one whose operator has to assume its agency. */
export function sampleAccounts(): Account[] {
  const { auditor, totpUser, newcomer, temporary, operator, agency, project } = sample;
  return [
    {
      ...sample.domain,
      users: [
        {
          id: auditor.id,
          name: auditor.name,
          password: auditor.password,
          accessKeys: [
            { access: auditor.accessKey, secret: auditor.secretKey },
            {
              access: temporary.accessKey,
              secret: temporary.secretKey,
              securityToken: temporary.securityToken,
            },
          ],
          tokens: [{ token: auditor.token, projectId: project.id }],
          permissions: [...auditing],
        },
        {
          id: totpUser.id,
          name: totpUser.name,
          password: totpUser.password,
          passcode: totpUser.passcode,
          permissions: [...auditing],
        },
        {
          id: newcomer.id,
          name: newcomer.name,
          password: newcomer.password,
          accessKeys: [{ access: newcomer.accessKey, secret: newcomer.secretKey }],
          permissions: ["iam:projects:listProjects"],
        },
      ],
      identityProviders: [{ ...sample.identityProvider, user: auditor.name }],
      agencies: [
        {
          name: agency.name,
          trusts: operator.domain.name,
          permissions: [...auditing],
        },
      ],
    },
    {
      ...operator.domain,
      users: [
        {
          id: operator.id,
          name: operator.name,
          password: operator.password,
          accessKeys: [{ access: operator.accessKey, secret: operator.secretKey }],
          permissions: ["iam:projects:listProjects"],
        },
      ],
    },
  ];
}

/** The projects of both accounts, those of the vendor's examples included. */
export function sampleProjects(): Project[] {
  const { domain, documents, fleet, netherlands, operator, project, region } = sample;
  return [
    { ...project, accountId: domain.id, region },
    { ...fleet.project, accountId: domain.id, region },
    { ...netherlands.project, accountId: domain.id, region: netherlands.region },
    { id: documents.dwsProject, name: `${region}_dws-documents`, accountId: domain.id, region },
    { id: documents.ddsProject, name: `${region}_dds-documents`, accountId: domain.id, region },
    { ...operator.project, accountId: operator.domain.id, region },
  ];
}
