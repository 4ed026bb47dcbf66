import type { EmulatorData } from "./data.ts";
import { sampleAccounts, sampleProjects } from "../sample/accounts.ts";
import { sample } from "../sample/names.ts";
import {
  anything,
  either,
  list,
  Misfit,
  nullable,
  object,
  text,
  textLike,
  whole,
  yesOrNo,
  type Shape,
} from "./shape.ts";

const instant = textLike(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
  'an instant such as "2026-01-31T12:00:00Z"',
);
const guid = textLike(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'a GUID in lower case such as "a0d17a7e-c001-4000-8000-000000000001"',
);
const offsetTime = textLike(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/,
  'a time such as "2020-12-11T18:14:49+0800"',
);
const permissions = list(
  text(
    "*",
    "dws:cluster:list",
    "dws:cluster:listAuditLog",
    "dds:instance:listAuditLog",
    "dds:instance:list",
    "dds:instance:listAll",
    "iam:projects:listProjects",
  ),
);
const maybeText = nullable(text());

const user = object({
  id: text(),
  name: text(),
  "password?": text(),
  "passcode?": textLike(/^\d{6}$/, 'six digits such as "314159"'),
  "accessKeys?": list(object({ access: text(), secret: text(), "securityToken?": text() })),
  "tokens?": list(object({ token: text(), projectId: text(), "expiresAt?": instant })),
  permissions,
});

const account = object({
  id: text(),
  name: text(),
  users: list(user),
  "agencies?": list(object({ name: text(), trusts: text(), permissions })),
  "identityProviders?": list(object({ id: text(), issuer: text(), audience: text(), user: text() })),
});

/** Records may have more fields than are documented, as new versions of an API do. */
const dump = object(
  {
    "cluster_id?": maybeText,
    "executor_time?": maybeText,
    "begin_time?": maybeText,
    "end_time?": maybeText,
    "bucket_name?": maybeText,
    "location_prefix?": maybeText,
    "result?": maybeText,
    "failed_reason?": maybeText,
  },
  anything,
);
const parameterChange = object(
  {
    "id?": nullable(either(whole(0), text())),
    "operator?": maybeText,
    "start_time?": maybeText,
    "end_time?": maybeText,
    "status?": maybeText,
    "failed_reason?": maybeText,
  },
  anything,
);
const auditLog = object(
  {
    id: text(),
    "name?": maybeText,
    "size?": nullable(whole(0)),
    "node_id?": maybeText,
    start_time: offsetTime,
    end_time: offsetTime,
  },
  anything,
);

const tags = nullable(list(object({ "key?": maybeText, "value?": maybeText }, anything)));
const clusterInfo = object(
  {
    "status?": maybeText,
    "version?": maybeText,
    "created?": maybeText,
    "enterprise_project_id?": maybeText,
    "nodes?": nullable(list(object({ "id?": maybeText, "status?": maybeText }, anything))),
    "tags?": tags,
  },
  anything,
);
const instanceInfo = object(
  {
    "status?": maybeText,
    "mode?": maybeText,
    "created?": maybeText,
    "enterprise_project_id?": maybeText,
    "datastore?": nullable(object({ "type?": maybeText, "version?": maybeText }, anything)),
    "groups?": nullable(list(object({}, anything))),
    "tags?": tags,
  },
  anything,
);

const cluster = object({
  id: guid,
  name: text(),
  projectId: text(),
  "note?": text(),
  "info?": clusterInfo,
  "unlisted?": yesOrNo,
  dumps: records(dump),
  parameterChanges: records(parameterChange),
  "answers?": object({ "clusterId?": text(), "dumpCount?": whole(0), "parameterCount?": whole(0) }),
});

const instance = object({
  id: text(),
  name: text(),
  projectId: text(),
  "note?": text(),
  nodes: list(text()),
  "mode?": text("Sharding", "ReplicaSet", "Single"),
  "info?": instanceInfo,
  "unlisted?": yesOrNo,
  auditLogs: records(auditLog),
  "answers?": object({ "anyWindow?": yesOrNo, "totalRecord?": whole(0) }),
});

const dataSet = object({
  region: text(),
  "notFound?": text("DWS.3027", "DWS.0047", "DWS.0015"),
  accounts: list(account),
  projects: list(object({ id: text(), name: text(), accountId: text(), region: text() })),
  clusters: list(cluster),
  instances: list(instance),
  "metadata?": object({
    version: text("both", "v1", "v2"),
    "tokenStatus?": (value, path) => {
      if (value !== 404 && value !== 405 && value !== 503) throw new Misfit(path, "404 or 405 or 503", value);
    },
    accountId: text(),
    user: text(),
    projectId: text(),
  }),
  "container?": object({ accountId: text(), user: text(), token: text() }),
});

/**
 * Checks a data set that came as JSON. `region`, `accounts` and `projects` may be missing and are those of the
 * generated one then; `clusters` and `instances` may be missing and are empty.
 *
 * @throws {Misfit} With the place inside the JSON and what would be right there.
 */
export function parseData(value: unknown): EmulatorData {
  const given: object = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  if (given !== value) throw new Misfit("", "an object with clusters and instances", value);
  const data: unknown = {
    region: sample.region,
    accounts: sampleAccounts(),
    projects: sampleProjects(),
    clusters: [],
    instances: [],
    ...given,
  };
  assertData(data);
  const accountIds = data.accounts.map(({ id }) => id);
  const projectIds = data.projects.map(({ id }) => id);
  for (const [index, { accountId }] of data.projects.entries())
    checkReference(accountId, accountIds, `projects[${index}].accountId`);
  for (const [index, { projectId }] of data.clusters.entries())
    checkReference(projectId, projectIds, `clusters[${index}].projectId`);
  for (const [index, { projectId }] of data.instances.entries())
    checkReference(projectId, projectIds, `instances[${index}].projectId`);
  return data;
}

function assertData(value: unknown): asserts value is EmulatorData {
  dataSet(value, "");
}

function checkReference(id: string, known: readonly string[], path: string): void {
  if (!known.includes(id)) throw new Misfit(path, `one of the ids ${known.join(", ")}`, id);
}

function records(record: Shape): Shape {
  const rule = object({
    generate: object({ count: whole(0, 1_000_000), newest: instant, everySeconds: whole(1) }),
  });
  const rows = list(record);
  return (value, path) => (Array.isArray(value) ? rows : rule)(value, path);
}
